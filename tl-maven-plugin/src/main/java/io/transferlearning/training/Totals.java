package io.transferlearning.training;

/**
 * What was counted over some images.
 *
 * @param lossSum sum of the images' cross entropies, in nats
 * @param correct images whose most probable class is the true one
 * @param images how many
 */
record Totals(double lossSum, long correct, long images) {
  static final Totals NONE = new Totals(0, 0, 0);

  Totals plus(Totals other) {
    return new Totals(lossSum + other.lossSum, correct + other.correct, images + other.images);
  }

  /** Mean cross entropy, in nats; NaN of no images. */
  double loss() {
    return lossSum / images;
  }

  /** Share of correct predictions, 0..1; NaN of no images. */
  double accuracy() {
    return (double) correct / images;
  }
}
