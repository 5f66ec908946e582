package io.transferlearning.data.image;

import io.transferlearning.data.Preprocessing.Interpolation;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which source positions make an output position, and with what weights, along one side of an
 * image: Pillow's {@code precompute_coeffs} and {@code normalize_coeffs_8bpc} (Resample.c).
 */
public final class ResampleWeights {
  /** Weights are integers, scaled by two to this power: 8 bits of a pixel and 2 of headroom. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  private final int[] first;
  private final int[] weights;
  private final int taps;

  /**
   * @param sourceSize length of the side before, in pixels
   * @param targetSize length of the side after, in pixels
   * @param interpolation the filter; where the side shrinks it widens by the same factor
   */
  ResampleWeights(int sourceSize, int targetSize, Interpolation interpolation) {
    double scale = (double) sourceSize / targetSize;
    double filterScale = Math.max(1, scale);
    double support = support(interpolation) * filterScale;
    if (sourceSize == targetSize) {
      taps = 1;
      first = IntStream.range(0, targetSize).toArray();
      weights = new int[targetSize];
      Arrays.fill(weights, 1 << PRECISION_BITS);
      return;
    }
    taps = taps(sourceSize, targetSize, scale, support);
    first = new int[targetSize];
    weights = new int[targetSize * taps];
    double[] exact = new double[taps];
    for (int target = 0; target < targetSize; target++) {
      double center = (target + 0.5) * scale;
      int start = start(center, support);
      int count = end(center, support, sourceSize) - start;
      double sum = 0;
      for (int i = 0; i < count; i++) {
        // Pillow multiplies by the reciprocal; a division would round differently.
        exact[i] = filter(interpolation, (i + start - center + 0.5) * (1 / filterScale));
        sum += exact[i];
      }
      // Near the end the taps begin earlier, so that all of them are within the source.
      first[target] = Math.min(start, sourceSize - taps);
      int at = target * taps + start - first[target];
      for (int i = 0; i < count; i++) {
        weights[at + i] = fixedPoint(sum == 0 ? exact[i] : exact[i] / sum);
      }
    }
  }

  private static int start(double center, double support) {
    return Math.max(0, (int) (center - support + 0.5));
  }

  private static int end(double center, double support, int sourceSize) {
    return Math.min(sourceSize, (int) (center + support + 0.5));
  }

  /** The most source positions that any output position has. */
  private static int taps(int sourceSize, int targetSize, double scale, double support) {
    int most = 1;
    for (int target = 0; target < targetSize; target++) {
      double center = (target + 0.5) * scale;
      most = Math.max(most, end(center, support, sourceSize) - start(center, support));
    }
    return most;
  }

  /** The first source position of an output position; {@link #taps} of them are in the source. */
  int first(int target) {
    return first[target];
  }

  /**
   * How many source positions an output position is made of: the same number for all, some with a
   * weight of zero, so that loops need not ask.
   */
  int taps() {
    return taps;
  }

  /**
   * The weights of all output positions, {@link #taps} for each, in fixed point; not to be written
   * to.
   */
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
