package io.transferlearning.data.pixel;

import io.transferlearning.data.image.Pixels;

/**
 * Pillow's {@code ImageFilter.SMOOTH}: the mean of a pixel and its neighbours, the pixel itself
 * counting five times. Pixels at the edges stay as they are.
 */
final class Smoothing {
  private static final float NEIGHBOUR = 1f / 13f;
  private static final float CENTRE = 5f / 13f;

  private Smoothing() {}

  /** The smoothed bytes of an image, which itself is not changed. */
  static byte[] of(Pixels image) {
    byte[] rgb = image.rgb();
    byte[] smooth = rgb.clone();
    int row = image.width() * Pixels.CHANNELS;
    for (int y = 1; y < image.height() - 1; y++) {
      int end = (y + 1) * row - Pixels.CHANNELS;
      for (int i = y * row + Pixels.CHANNELS; i < end; i++) {
        // The order of Pillow's sums, in its precision: the row below, this one, the row above.
        float sum = 0.5f;
        sum += row(rgb, i + row, NEIGHBOUR);
        sum += row(rgb, i, CENTRE);
        sum += row(rgb, i - row, NEIGHBOUR);
        smooth[i] = (byte) (int) Math.min(255, sum);
      }
    }
    return smooth;
  }

  private static float row(byte[] rgb, int i, float centre) {
    return (rgb[i - Pixels.CHANNELS] & 0xFF) * NEIGHBOUR
        + (rgb[i] & 0xFF) * centre
        + (rgb[i + Pixels.CHANNELS] & 0xFF) * NEIGHBOUR;
  }
}
