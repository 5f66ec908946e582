package io.transferlearning.data.image;

import io.transferlearning.data.Preprocessing.Interpolation;

/**
 * Which source positions make an output position, and with what weights, along one side of an
 * image: Pillow's {@code precompute_coeffs} and {@code normalize_coeffs_8bpc} (Resample.c).
 */
public final class ResampleWeights {
  /** Weights are integers, scaled by two to this power: 8 bits of a pixel and 2 of headroom. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  private final int[] first;
  private final int[] count;
  private final int[] weights;
  private final int stride;

  /**
   * @param sourceSize length of the side before, in pixels
   * @param targetSize length of the side after, in pixels
   * @param interpolation the filter; where the side shrinks it widens by the same factor
   */
  ResampleWeights(int sourceSize, int targetSize, Interpolation interpolation) {
    double scale = (double) sourceSize / targetSize;
    double filterScale = Math.max(1, scale);
    double support = support(interpolation) * filterScale;
    stride = (int) Math.ceil(support) * 2 + 1;
    first = new int[targetSize];
    count = new int[targetSize];
    weights = new int[targetSize * stride];
    double[] exact = new double[stride];
    for (int target = 0; target < targetSize; target++) {
      double center = (target + 0.5) * scale;
      first[target] = Math.max(0, (int) (center - support + 0.5));
      count[target] = Math.min(sourceSize, (int) (center + support + 0.5)) - first[target];
      double sum = 0;
      for (int i = 0; i < count[target]; i++) {
        // Pillow multiplies by the reciprocal; a division would round differently.
        exact[i] = filter(interpolation, (i + first[target] - center + 0.5) * (1 / filterScale));
        sum += exact[i];
      }
      for (int i = 0; i < count[target]; i++) {
        weights[target * stride + i] = fixedPoint(sum == 0 ? exact[i] : exact[i] / sum);
      }
    }
  }

  /** The first source position of an output position. */
  int first(int target) {
    return first[target];
  }

  /** One past the last source position of an output position. */
  int end(int target) {
    return first[target] + count[target];
  }

  /** Where the weights of an output position start in {@link #weights()}. */
  int offset(int target) {
    return target * stride;
  }

  /** The weights of all output positions, in fixed point; not to be written to. */
  int[] weights() {
    return weights;
  }

  private static int fixedPoint(double weight) {
    return (int) (Math.copySign(0.5, weight) + weight * (1 << PRECISION_BITS));
  }

  private static double support(Interpolation interpolation) {
    return interpolation == Interpolation.BILINEAR ? 1 : 2;
  }

  private static double filter(Interpolation interpolation, double distance) {
    double x = Math.abs(distance);
    return interpolation == Interpolation.BILINEAR ? triangle(x) : cubic(x);
  }

  private static double triangle(double x) {
    return x < 1 ? 1 - x : 0;
  }

  /** Keys' cubic with a = -0.5, in the order of operations that Pillow has. */
  private static double cubic(double x) {
    double a = -0.5;
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }
}
