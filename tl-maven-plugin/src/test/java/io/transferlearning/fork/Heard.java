package io.transferlearning.fork;

import io.transferlearning.pipeline.Progress;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a trainer tells, and does something once when it begins a phase. */
final class Heard implements Progress {
  final List<String> phases = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  private final String at;
  private Runnable action;

  Heard() {
    this("no such phase", () -> {});
  }

  /**
   * @param at how the phase begins
   */
  Heard(String at, Runnable action) {
    this.at = at;
    this.action = action;
  }

  @Override
  public void phase(String what) {
    phases.add(what);
    if (what.startsWith(at)) {
      Runnable once = action;
      action = () -> {};
      once.run();
    }
  }

  @Override
  public void info(String line) {
    lines.add("info " + line);
  }

  @Override
  public void step(String line, double fraction) {}

  @Override
  public void warn(String line) {
    lines.add("warn " + line);
  }
}
