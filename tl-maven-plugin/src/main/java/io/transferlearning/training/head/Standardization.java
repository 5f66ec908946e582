package io.transferlearning.training.head;

/**
 * Makes every feature's mean 0 and its deviation 1 on the training images, so that one penalty
 * suits all. A feature that never changes keeps its size.
 *
 * @param center what is taken off each feature
 * @param factor what it is multiplied by then
 */
@SuppressWarnings("ArrayRecordComponent") // Never leaves this package.
record Standardization(double[] center, double[] factor) {
  /**
   * From sums over images.
   *
   * @param sums of each feature, and then of each feature's square
   */
  static Standardization of(double[] sums, int images) {
    int width = sums.length / 2;
    double[] center = new double[width];
    double[] factor = new double[width];
    for (int i = 0; i < width; i++) {
      center[i] = sums[i] / images;
      double variance = sums[width + i] / images - center[i] * center[i];
      // Below this the difference is what rounding left of two equal numbers.
      boolean constant = !(variance > 1e-12 * sums[width + i] / images);
      factor[i] = constant ? 1 : 1 / Math.sqrt(variance);
    }
    return new Standardization(center, factor);
  }

  /** The layer for plain features that does what {@code point} does for standardised ones. */
  LinearLayer fold(double[] point, int classes) {
    int width = center.length;
    float[] weight = new float[classes * width];
    float[] bias = new float[classes];
    for (int k = 0; k < classes; k++) {
      double shift = point[classes * width + k];
      for (int i = 0; i < width; i++) {
        double plain = point[k * width + i] * factor[i];
        weight[k * width + i] = (float) plain;
        // The rounded weight, or the means' large products would carry its rounding into the
        // logits.
        shift -= weight[k * width + i] * center[i];
      }
      bias[k] = (float) shift;
    }
    return new LinearLayer(weight, bias);
  }
}
