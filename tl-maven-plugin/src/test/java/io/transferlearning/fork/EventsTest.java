package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file through which the trainer's JVM talks. */
class EventsTest {

  @Test
  void nothingIsHeardBeforeTheFileIsThere(@TempDir Path folder) throws IOException {
    assertThat(new EventReader(folder.resolve("events")).poll()).isEmpty();
  }

  @Test
  void everyEventArrivesOnceAndInOrder(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("events");
    EventWriter writer = new EventWriter(file);
    EventReader reader = new EventReader(file);

    writer.phase("reading");
    writer.info("größer als ∞, \"quoted\"\nin two lines");
    assertThat(reader.poll())
        .containsExactly(
            new Event(Event.Kind.PHASE, "reading", null),
            new Event(Event.Kind.INFO, "größer als ∞, \"quoted\"\nin two lines", null));
    assertThat(reader.poll()).isEmpty();

    writer.warn("small");
    writer.problem(new Problem("what", "next"));
    writer.done();
    assertThat(reader.poll())
        .containsExactly(
            new Event(Event.Kind.WARN, "small", null),
            new Event(Event.Kind.PROBLEM, "what", "next"),
            new Event(Event.Kind.DONE, "", null));
  }

  @Test
  void aLineThatIsHalfWrittenWaitsForItsEnd(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("events");
    byte[] line =
        new Event(Event.Kind.INFO, "déjà vu", null).toLine().getBytes(StandardCharsets.UTF_8);
    EventReader reader = new EventReader(file);
    // Cut in the middle of a character of two bytes.
    int cut = new String(line, StandardCharsets.ISO_8859_1).indexOf('\u00c3') + 1;

    Files.write(file, Arrays.copyOf(line, cut));
    assertThat(reader.poll()).isEmpty();
    Files.write(file, Arrays.copyOfRange(line, cut, line.length), StandardOpenOption.APPEND);

    assertThat(reader.poll()).isEqualTo(List.of(new Event(Event.Kind.INFO, "déjà vu", null)));
  }

  @Test
  void aCrashTellsItsStackTraceAfterItsFirstLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("events");
    new EventWriter(file).crash(new IllegalStateException("boom"));

    Event event = new EventReader(file).poll().get(0);

    assertThat(event.kind()).isEqualTo(Event.Kind.CRASH);
    assertThat(event.text().lines().findFirst()).contains("java.lang.IllegalStateException: boom");
    assertThat(event.text()).contains("\tat " + EventsTest.class.getName());
  }
}
