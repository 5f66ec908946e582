package io.transferlearning.evaluation;

import java.util.List;

/** Scores of the probabilities themselves, not only of the predicted class. NaN without images. */
final class ProbabilityScores {
  /**
   * scikit-learn's clamp for single precision, {@code numpy.finfo(float32).eps}: a certain mistake
   * costs 15.9 nats, not infinity.
   */
  private static final double EPSILON = Math.ulp(1f);

  private static final int BINS = 15;

  private ProbabilityScores() {}

  /** Mean of -ln p(true class), as {@code sklearn.metrics.log_loss}. */
  static double logLoss(List<Prediction> images) {
    return images.stream()
        .mapToDouble(image -> image.probabilities().get(image.label()))
        .map(p -> -Math.log(Math.min(Math.max(p, EPSILON), 1 - EPSILON)))
        .average()
        .orElse(Double.NaN);
  }

  /** Share of the images whose class is among the {@code top} most probable. */
  static double topAccuracy(List<Prediction> images, int top) {
    long hits = images.stream().filter(image -> image.rankOfLabel() < top).count();
    return (double) hits / images.size();
  }

  /**
   * Expected calibration error: images are sorted into 15 bins (0, 1/15], (1/15, 2/15], ... by
   * confidence, and |accuracy - mean confidence| of the bins is averaged by their size. C. Guo et
   * al., "On Calibration of Modern Neural Networks", ICML 2017.
   */
  static double calibrationError(List<Prediction> images) {
    double[] surplus = new double[BINS];
    for (Prediction image : images) {
      double confidence = image.confidence();
      int bin = Math.max(0, (int) Math.ceil(confidence * BINS) - 1);
      surplus[bin] += (image.correct() ? 1 : 0) - confidence;
    }
    double sum = 0;
    for (double bin : surplus) {
      sum += Math.abs(bin);
    }
    return sum / images.size();
  }
}
