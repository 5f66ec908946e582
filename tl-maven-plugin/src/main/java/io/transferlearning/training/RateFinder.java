package io.transferlearning.training;

import io.transferlearning.evaluation.RateSweep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;

/** Trains for a few steps at a rising rate, to see at which rates the loss falls. */
final class RateFinder {
  /** Steps of a test, as in fastai. */
  static final int STEPS = 100;

  /** The first rate is too low to change anything. */
  static final double LOWEST = 1e-6;

  /** The last rate is too high for any network. */
  static final double HIGHEST = 1;

  /** Losses this many times the lowest so far have left the range of good rates: fastai's value. */
  private static final double GIVE_UP = 4;

  /**
   * So many losses in a row decide, and the lowest is a mean of as many: two batches can differ by
   * more than a good rate and a bad one do. (fastai compares a running mean, which comes late.)
   */
  private static final int IN_A_ROW = 5;

  private RateFinder() {}

  /**
   * Runs the test; it ends early where the loss explodes.
   *
   * @param loss does a training step at a rate, and gives the batch's mean loss before it
   * @param progress told the number of steps done
   */
  static RateSweep sweep(DoubleUnaryOperator loss, IntConsumer progress) {
    List<Double> rates = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    double lowest = Double.POSITIVE_INFINITY;
    for (int step = 0; step < STEPS; step++) {
      double rate = rate(step);
      double now = loss.applyAsDouble(rate);
      if (!Double.isFinite(now)) {
        break;
      }
      rates.add(rate);
      losses.add(now);
      if (losses.size() >= IN_A_ROW) {
        List<Double> last = losses.subList(losses.size() - IN_A_ROW, losses.size());
        double mean = last.stream().mapToDouble(each -> each).average().orElseThrow();
        lowest = Math.min(lowest, mean);
        double most = GIVE_UP * lowest;
        if (last.stream().allMatch(each -> each > most)) {
          // The first of them shows where it was; the others would only pull the curve up.
          int shown = losses.size() - IN_A_ROW + 1;
          return new RateSweep(rates.subList(0, shown), losses.subList(0, shown));
        }
      }
      progress.accept(step + 1);
    }
    return new RateSweep(rates, losses);
  }

  /** Rates rise by the same factor from step to step. */
  static double rate(int step) {
    return LOWEST * Math.pow(HIGHEST / LOWEST, step / (STEPS - 1.0));
  }
}
