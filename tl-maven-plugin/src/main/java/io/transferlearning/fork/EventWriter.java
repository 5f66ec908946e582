package io.transferlearning.fork;

import io.transferlearning.pipeline.Progress;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The trainer's end of the event file. A line is written whole or not at all. */
final class EventWriter implements Progress {
  private final Path file;

  EventWriter(Path file) {
    this.file = file;
  }

  @Override
  public void phase(String what) {
    write(Event.Kind.PHASE, what, null);
  }

  @Override
  public void info(String line) {
    write(Event.Kind.INFO, line, null);
  }

  @Override
  public void warn(String line) {
    write(Event.Kind.WARN, line, null);
  }

  void problem(Problem problem) {
    write(Event.Kind.PROBLEM, problem.what(), problem.next());
  }

  void crash(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    write(Event.Kind.CRASH, failure + "\n" + trace, null);
  }

  void done() {
    write(Event.Kind.DONE, "", null);
  }

  private synchronized void write(Event.Kind kind, String text, @Nullable String next) {
    byte[] line = new Event(kind, text, next).toLine().getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
