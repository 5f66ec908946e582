package io.transferlearning.fork;

import io.transferlearning.pipeline.Progress;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a trainer tells, and does something once when it begins a phase, by its name. */
final class Heard implements Progress {
  final List<String> phases = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  private final String at;
  private Runnable action;
  private int left;

  Heard() {
    this("no such phase", () -> {});
  }

  /**
   * @param at how the phase begins
   */
  Heard(String at, Runnable action) {
    this(at, 1, action);
  }

  /**
   * @param at how the phases begin that count
   * @param number of the phase among them, from 1
   */
  Heard(String at, int number, Runnable action) {
    this.at = at;
    this.left = number;
    this.action = action;
  }

  @Override
  public void phase(String what) {
    phases.add(what);
    if (what.startsWith(at) && --left == 0) {
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
