package io.transferlearning.data.image;

import io.transferlearning.data.Preprocessing.Interpolation;
import java.util.Arrays;

/**
 * Pillow's {@code Image.resize} for 8-bit RGB, to the bit: a horizontal pass and then a vertical
 * one, in fixed point, rounding to bytes in between.
 */
public final class Resampler {
  private static final int CHANNELS = Pixels.CHANNELS;
  private static final int PRECISION_BITS = ResampleWeights.PRECISION_BITS;
  private static final int HALF = 1 << (PRECISION_BITS - 1);

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
    ResampleWeights rows = new ResampleWeights(source.height(), height, interpolation);
    ResampleWeights columns = new ResampleWeights(source.width(), width, interpolation);
    // Rows that stay as they are have no support beside themselves.
    boolean sameRows = source.height() == height;
    int lastRow = window.top() + window.height() - 1;
    int firstRow = sameRows ? window.top() : rows.first(window.top());
    int rowCount = (sameRows ? lastRow + 1 : rows.end(lastRow)) - firstRow;
    Box band = new Box(source.left(), source.top() + firstRow, source.width(), rowCount);
    byte[] narrowed =
        source.width() == width
            ? cut(image, band, window)
            : horizontal(image, band, columns, window);
    if (sameRows) {
      return new Pixels(window.width(), window.height(), narrowed);
    }
    return vertical(narrowed, firstRow, rows, window);
  }

  /** The columns of a window, unchanged. */
  private static byte[] cut(Pixels image, Box band, Box window) {
    int stride = window.width() * CHANNELS;
    byte[] result = new byte[band.height() * stride];
    for (int y = 0; y < band.height(); y++) {
      int from = ((band.top() + y) * image.width() + band.left() + window.left()) * CHANNELS;
      System.arraycopy(image.rgb(), from, result, y * stride, stride);
    }
    return result;
  }

  private static byte[] horizontal(Pixels image, Box band, ResampleWeights columns, Box window) {
    byte[] source = image.rgb();
    byte[] result = new byte[band.height() * window.width() * CHANNELS];
    int[] weights = columns.weights();
    int at = 0;
    for (int y = 0; y < band.height(); y++) {
      int row = ((band.top() + y) * image.width() + band.left()) * CHANNELS;
      for (int x = window.left(); x < window.left() + window.width(); x++) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int end = row + columns.end(x) * CHANNELS;
        int k = columns.offset(x);
        for (int i = row + columns.first(x) * CHANNELS; i < end; i += CHANNELS) {
          int weight = weights[k++];
          red += (source[i] & 0xFF) * weight;
          green += (source[i + 1] & 0xFF) * weight;
          blue += (source[i + 2] & 0xFF) * weight;
        }
        result[at++] = clip(red);
        result[at++] = clip(green);
        result[at++] = clip(blue);
      }
    }
    return result;
  }

  /**
   * @param source rows of the window's width, the first of which is row {@code firstRow} of the box
   */
  private static Pixels vertical(byte[] source, int firstRow, ResampleWeights rows, Box window) {
    int stride = window.width() * CHANNELS;
    byte[] result = new byte[window.height() * stride];
    int[] sums = new int[stride];
    for (int y = 0; y < window.height(); y++) {
      int target = window.top() + y;
      Arrays.fill(sums, HALF);
      int k = rows.offset(target);
      for (int row = rows.first(target); row < rows.end(target); row++) {
        int weight = rows.weights()[k++];
        int from = (row - firstRow) * stride;
        for (int i = 0; i < stride; i++) {
          sums[i] += (source[from + i] & 0xFF) * weight;
        }
      }
      for (int i = 0; i < stride; i++) {
        result[y * stride + i] = clip(sums[i]);
      }
    }
    return new Pixels(window.width(), window.height(), result);
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
  }
}
