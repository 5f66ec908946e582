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

/** The trainer's end of the event file. A line is written whole or not at all. */
final class EventWriter implements Progress {
  private final Path file;

  EventWriter(Path file) {
    this.file = file;
  }

  @Override
  public void phase(String what) {
    write(Event.Kind.PHASE, what);
  }

  @Override
  public void info(String line) {
    write(Event.Kind.INFO, line);
  }

  @Override
  public void step(String line, double fraction) {
    write(new Event(Event.Kind.STEP, line, null, fraction));
  }

  @Override
  public void warn(String line) {
    write(Event.Kind.WARN, line);
  }

  void problem(Problem problem) {
    write(new Event(Event.Kind.PROBLEM, problem.what(), problem.next(), null));
  }

  void crash(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    write(Event.Kind.CRASH, failure + "\n" + trace);
  }

  void done() {
    write(Event.Kind.DONE, "");
  }

  private void write(Event.Kind kind, String text) {
    write(new Event(kind, text));
  }

  private synchronized void write(Event event) {
    byte[] line = event.toLine().getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
