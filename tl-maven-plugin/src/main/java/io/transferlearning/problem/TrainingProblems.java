package io.transferlearning.problem;

import java.util.Locale;

/** What can go wrong while a network trains. */
public final class TrainingProblems {
  private TrainingProblems() {}

  /** The loss is infinite or not a number. */
  public static Problem diverged(int epoch, double rate) {
    return new Problem(
        String.format(
            Locale.ROOT,
            "training diverged: the loss of epoch %d is not a number at learning rate %s",
            epoch,
            rate),
        "set -Dtransfer.learningRate lower, a tenth of " + rate + " to begin with");
  }
}
