package io.transferlearning.data.image;

/**
 * Resamples along rows. The taps are written out where they are few, as they are for nearly all
 * images: a loop of two rounds costs more than what it does.
 */
final class HorizontalPass {
  private static final int CHANNELS = Pixels.CHANNELS;
  private static final int HALF = FixedPoint.HALF;

  private final int[] weights;
  private final int taps;
  private final int firstWeight;

  /** Where each wanted column's source begins, in bytes from the start of a row. */
  private final int[] starts;

  /**
   * @param columns from the source's width to that of the result
   * @param left the first column of the result that is wanted
   * @param width how many columns are wanted
   */
  HorizontalPass(ResampleWeights columns, int left, int width) {
    this.weights = columns.weights();
    this.taps = columns.taps();
    this.firstWeight = left * taps;
    this.starts = new int[width];
    for (int x = 0; x < width; x++) {
      starts[x] = columns.first(left + x) * CHANNELS;
    }
  }

  /**
   * One row.
   *
   * @param source where, from {@code row} on, the row's bytes are
   * @param result takes the wanted columns' bytes, one in each int
   */
  void apply(byte[] source, int row, int[] result) {
    if (taps == 1) {
      copy(source, row, result);
      return;
    }
    switch (taps) {
      case 2 -> two(source, row, result);
      case 3 -> three(source, row, result);
      case 4 -> four(source, row, result);
      default -> many(source, row, result);
    }
    FixedPoint.round(result);
  }

  private void copy(byte[] source, int row, int[] result) {
    int at = 0;
    for (int start : starts) {
      int i = row + start;
      result[at] = source[i] & 0xFF;
      result[at + 1] = source[i + 1] & 0xFF;
      result[at + 2] = source[i + 2] & 0xFF;
      at += CHANNELS;
    }
  }

  private void two(byte[] source, int row, int[] sums) {
    int k = firstWeight;
    int at = 0;
    for (int start : starts) {
      int i = row + start;
      int a = weights[k];
      int b = weights[k + 1];
      for (int channel = 0; channel < CHANNELS; channel++, i++) {
        sums[at + channel] = HALF + (source[i] & 0xFF) * a + (source[i + 3] & 0xFF) * b;
      }
      k += taps;
      at += CHANNELS;
    }
  }

  private void three(byte[] source, int row, int[] sums) {
    int k = firstWeight;
    int at = 0;
    for (int start : starts) {
      int i = row + start;
      int a = weights[k];
      int b = weights[k + 1];
      int c = weights[k + 2];
      for (int channel = 0; channel < CHANNELS; channel++, i++) {
        sums[at + channel] =
            HALF + (source[i] & 0xFF) * a + (source[i + 3] & 0xFF) * b + (source[i + 6] & 0xFF) * c;
      }
      k += taps;
      at += CHANNELS;
    }
  }

  private void four(byte[] source, int row, int[] sums) {
    int k = firstWeight;
    int at = 0;
    for (int start : starts) {
      int i = row + start;
      int a = weights[k];
      int b = weights[k + 1];
      int c = weights[k + 2];
      int d = weights[k + 3];
      for (int channel = 0; channel < CHANNELS; channel++, i++) {
        sums[at + channel] =
            HALF
                + (source[i] & 0xFF) * a
                + (source[i + 3] & 0xFF) * b
                + (source[i + 6] & 0xFF) * c
                + (source[i + 9] & 0xFF) * d;
      }
      k += taps;
      at += CHANNELS;
    }
  }

  private void many(byte[] source, int row, int[] sums) {
    int k = firstWeight;
    int at = 0;
    for (int start : starts) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int end = row + start + taps * CHANNELS;
      for (int i = row + start; i < end; i += CHANNELS) {
        int weight = weights[k++];
        red += (source[i] & 0xFF) * weight;
        green += (source[i + 1] & 0xFF) * weight;
        blue += (source[i + 2] & 0xFF) * weight;
      }
      sums[at] = red;
      sums[at + 1] = green;
      sums[at + 2] = blue;
      at += CHANNELS;
    }
  }
}
