package io.transferlearning.data.image;

import io.transferlearning.data.Preprocessing.Interpolation;

/**
 * Pillow's {@code Image.resize} for 8-bit RGB, to the bit: a horizontal pass and then a vertical
 * one, in fixed point, rounding to bytes in between.
 */
public final class Resampler {
  private static final int CHANNELS = Pixels.CHANNELS;

  private final Interpolation interpolation;

  public Resampler(Interpolation interpolation) {
    this.interpolation = interpolation;
  }

  /** All of an image, resized. */
  public Pixels resize(Pixels image, int width, int height) {
    return resize(image, Box.all(image), width, height);
  }

  /**
   * A part of an image, resized: as if the part had been cut out before, so nothing outside of it
   * has an influence.
   *
   * @param source the part, within the image
   * @param width of the result, in pixels
   * @param height of the result, in pixels
   */
  public Pixels resize(Pixels image, Box source, int width, int height) {
    return resize(image, source, width, height, new Box(0, 0, width, height));
  }

  /**
   * A window of a resized part of an image; only what is in the window is computed.
   *
   * @param window within {@code width} and {@code height}
   */
  public Pixels resize(Pixels image, Box source, int width, int height, Box window) {
    if (source.width() == width && source.height() == height) {
      return cut(image, source, window);
    }
    ResampleWeights rows = new ResampleWeights(source.height(), height, interpolation);
    ResampleWeights columns = new ResampleWeights(source.width(), width, interpolation);
    HorizontalPass horizontal = new HorizontalPass(columns, window.left(), window.width());
    int stride = window.width() * CHANNELS;
    byte[] result = new byte[window.height() * stride];
    int[] sums = new int[stride];
    // The narrowed rows that an output row is made of; the next output row needs most of them too.
    int[][] ring = new int[rows.taps()][stride];
    int next = rows.first(window.top());
    for (int y = 0; y < window.height(); y++) {
      int first = rows.first(window.top() + y);
      next = Math.max(next, first);
      for (; next < first + ring.length; next++) {
        int row = ((source.top() + next) * image.width() + source.left()) * CHANNELS;
        horizontal.apply(image.rgb(), row, ring[next % ring.length]);
      }
      int weights = (window.top() + y) * ring.length;
      VerticalPass.apply(ring, first % ring.length, rows.weights(), weights, sums);
      FixedPoint.round(sums);
      FixedPoint.store(sums, result, y * stride);
    }
    return new Pixels(window.width(), window.height(), result);
  }

  /** The pixels of a window, unchanged. */
  private static Pixels cut(Pixels image, Box source, Box window) {
    int stride = window.width() * CHANNELS;
    byte[] result = new byte[window.height() * stride];
    for (int y = 0; y < window.height(); y++) {
      int row = source.top() + window.top() + y;
      int from = (row * image.width() + source.left() + window.left()) * CHANNELS;
      System.arraycopy(image.rgb(), from, result, y * stride, stride);
    }
    return new Pixels(window.width(), window.height(), result);
  }
}
