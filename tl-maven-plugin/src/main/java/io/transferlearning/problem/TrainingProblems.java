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

  /** A frozen network makes something else than numbers of an image. */
  public static Problem featuresNotFinite() {
    return new Problem(
        "the frozen network's features of the training images are not all finite numbers",
        "its weights may be damaged or of another network: look at -Dtransfer.weights; or try"
            + " -Dtransfer.precision=fp32");
  }

  /**
   * Memory does not suffice for half a batch.
   *
   * @param accumulation batches of a step
   */
  public static Problem outOfMemory(int batchSize, int accumulation, Exception cause) {
    int quarter = batchSize / 4;
    return new Problem(
        batchSize < 2
            ? "memory does not suffice to train with a single image at a time"
            : "memory does not suffice to train with half of a batch of " + batchSize + " images",
        quarter == 0
            ? "set a smaller -Dtransfer.imageSize, a smaller -Dmodel, or" + " -Dtransfer.freezeUpTo"
            : "set -Dtransfer.batchSize="
                + quarter
                + " -Dtransfer.accumulation="
                + 4 * accumulation
                + ", which makes the same steps, or a smaller -Dtransfer.imageSize",
        cause);
  }
}
