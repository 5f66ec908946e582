package io.transferlearning.data.pixel;

import io.transferlearning.data.image.Pixels;

/** Pillow's {@code convert("L")}: ITU-R 601-2 luma in 16-bit fixed point, rounded. */
final class Luma {
  private static final int RED = 19595;
  private static final int GREEN = 38470;
  private static final int BLUE = 7471;
  private static final int HALF = 0x8000;

  private Luma() {}

  /** The grey level of the pixel whose red is at {@code i}, 0..255. */
  static int at(byte[] rgb, int i) {
    return ((rgb[i] & 0xFF) * RED + (rgb[i + 1] & 0xFF) * GREEN + (rgb[i + 2] & 0xFF) * BLUE + HALF)
        >> 16;
  }

  /** The mean grey level, rounded. */
  static int mean(Pixels image) {
    byte[] rgb = image.rgb();
    long sum = 0;
    for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
      sum += at(rgb, i);
    }
    return (int) ((double) sum / (image.width() * image.height()) + 0.5);
  }
}
