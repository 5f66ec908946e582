package io.transferlearning.weights.download;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a download told. */
final class Heard implements Listener {
  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<String> steps = new CopyOnWriteArrayList<>();

  @Override
  public void info(String line) {
    lines.add(line);
  }

  @Override
  public void step(String line, double fraction) {
    steps.add(line);
  }
}
