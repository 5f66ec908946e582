package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
  private final Path file;
  private final EventWriter writer;
  private final EventReader reader;

  EventsTest(@TempDir Path folder) {
    file = folder.resolve("events.jsonl");
    writer = new EventWriter(file);
    reader = new EventReader(file);
  }

  @Test
  void nothingIsReadBeforeTheTrainerHasWritten() throws IOException {
    assertThat(reader.poll()).isEmpty();
  }

  @Test
  void everyKindOfEventComesAsItWasWritten() throws IOException {
    writer.phase("starting libtorch");
    writer.info("a \"quoted\" line\nand another");
    writer.step("features 3/8", 0.375);
    writer.warn("C:\\images");
    writer.problem(new Problem("what", "next"));
    writer.done();

    assertThat(reader.poll())
        .containsExactly(
            new Event(Event.Kind.PHASE, "starting libtorch"),
            new Event(Event.Kind.INFO, "a \"quoted\" line\nand another"),
            new Event(Event.Kind.STEP, "features 3/8", null, 0.375),
            new Event(Event.Kind.WARN, "C:\\images"),
            new Event(Event.Kind.PROBLEM, "what", "next", null),
            new Event(Event.Kind.DONE, ""));
  }

  @Test
  void aCrashCarriesTheExceptionItsTraceAndItsCause() throws IOException {
    writer.crash(new IllegalStateException("outer", new IOException("inner")));

    Event crash = reader.poll().get(0);

    assertThat(crash.kind()).isEqualTo(Event.Kind.CRASH);
    assertThat(crash.text())
        .startsWith("java.lang.IllegalStateException: outer")
        .contains("at " + EventsTest.class.getName())
        .contains("Caused by: java.io.IOException: inner");
  }

  @Test
  void anEventIsReadOnce() throws IOException {
    writer.info("one");
    assertThat(reader.poll()).extracting(Event::text).containsExactly("one");
    assertThat(reader.poll()).isEmpty();
    writer.info("two");
    assertThat(reader.poll()).extracting(Event::text).containsExactly("two");
  }

  @Test
  void aLineIsReadWhenItsEndIsThereWhereverItWasCut() throws IOException {
    byte[] line =
        new Event(Event.Kind.INFO, "Gletscher-Größe 氷河 🏔")
            .toLine()
            .getBytes(StandardCharsets.UTF_8);
    for (int cut = 1; cut < line.length; cut++) {
      append(Arrays.copyOfRange(line, 0, cut));
      assertThat(reader.poll()).as("cut at byte %d", cut).isEmpty();
      append(Arrays.copyOfRange(line, cut, line.length));
      assertThat(reader.poll())
          .as("cut at byte %d", cut)
          .extracting(Event::text)
          .containsExactly("Gletscher-Größe 氷河 🏔");
    }
  }

  @Test
  void wholeLinesBeforeAHalfOneAreReadAtOnce() throws IOException {
    writer.info("ä");
    append("{\"kind\":\"IN".getBytes(StandardCharsets.UTF_8));
    assertThat(reader.poll()).extracting(Event::text).containsExactly("ä");
    append("FO\",\"text\":\"ö\"}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(reader.poll()).extracting(Event::text).containsExactly("ö");
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
