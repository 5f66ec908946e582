package io.transferlearning.pipeline;

import java.util.ArrayList;
import java.util.List;

/** Keeps the lines for the user. */
class RememberedProgress implements Progress {
  final List<String> lines = new ArrayList<>();
  final List<String> steps = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<String> phases = new ArrayList<>();

  @Override
  public void phase(String what) {
    phases.add(what);
  }

  @Override
  public void info(String line) {
    lines.add(line);
  }

  @Override
  public void step(String line, double fraction) {
    steps.add(Math.round(100 * fraction) + " % " + line);
  }

  @Override
  public void warn(String line) {
    warnings.add(line);
  }
}
