package io.transferlearning.training.head;

/**
 * What was summed over some images. A loss is an image's cross entropy in nats, a weight its
 * class's.
 *
 * @param images how many
 * @param losses sum of the losses
 * @param correct images whose most probable class is the true one
 * @param weights sum of the weights
 * @param weighted sum of weight * loss
 */
record Measure(int images, double losses, double correct, double weights, double weighted) {
  /** How many sums come from TorchScript. */
  static final int SUMS = 4;

  static final Measure NONE = new Measure(0, 0, 0, 0, 0);

  static Measure of(int images, double[] sums) {
    return new Measure(images, sums[0], sums[1], sums[2], sums[3]);
  }

  Measure plus(Measure other) {
    return new Measure(
        images + other.images,
        losses + other.losses,
        correct + other.correct,
        weights + other.weights,
        weighted + other.weighted);
  }

  /** Mean loss, whatever the weights; NaN of no images. */
  double loss() {
    return losses / images;
  }

  /** Share of correct predictions, 0..1; NaN of no images. */
  double accuracy() {
    return correct / images;
  }

  /** Weighted mean of the losses; NaN of no images. */
  double weightedLoss() {
    return weighted / weights;
  }
}
