package io.transferlearning.fork;

import io.transferlearning.pipeline.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Remembers what a pipeline said, and reacts to its phases. */
final class Heard implements Progress {
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final Consumer<String> onLine;

  Heard() {
    this(line -> {});
  }

  Heard(Consumer<String> onLine) {
    this.onLine = onLine;
  }

  @Override
  public void phase(String what) {}

  @Override
  public void info(String line) {
    lines.add(line);
    onLine.accept(line);
  }

  @Override
  public void warn(String line) {
    lines.add(line);
  }
}
