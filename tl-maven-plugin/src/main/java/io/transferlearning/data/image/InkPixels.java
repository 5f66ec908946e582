package io.transferlearning.data.image;

import java.awt.image.Raster;

/** Mixes printing inks as Pillow's {@code convert("RGB")} does, without a colour profile. */
final class InkPixels {
  private static final int INKS = 4;

  private InkPixels() {}

  /**
   * Cyan, magenta, yellow and black, the largest sample for all of the ink.
   *
   * @param bits of a sample, of which the highest eight count
   */
  static Pixels ofCmyk(Raster raster, int bits) {
    int shift = bits - 8;
    return of(
        raster,
        row -> {
          for (int i = 0; i < row.length; i++) {
            row[i] >>= shift;
          }
        });
  }

  /** Of eight bits, 0 for all of the ink: how JPEG files keep inks, by Adobe's custom. */
  static Pixels ofInvertedCmyk(Raster raster) {
    return of(
        raster,
        row -> {
          for (int i = 0; i < row.length; i++) {
            row[i] = 255 - row[i];
          }
        });
  }

  /** Luminance and chrominance of inverted cyan, magenta and yellow, and inverted black. */
  static Pixels ofYcck(Raster raster) {
    return of(
        raster,
        row -> {
          for (int x = 0; x < row.length; x += INKS) {
            double luminance = row[x];
            double blue = row[x + 1] - 128;
            double red = row[x + 2] - 128;
            // libjpeg's YCCK is made of 255 less each of red, green and blue of JFIF; inks are 255
            // less what is stored, so the two cancel.
            row[x] = clipped(luminance + 1.402 * red);
            row[x + 1] = clipped(luminance - 0.344136286 * blue - 0.714136286 * red);
            row[x + 2] = clipped(luminance + 1.772 * blue);
            row[x + 3] = 255 - row[x + 3];
          }
        });
  }

  /** Turns a row of samples into inks in place. */
  private interface Inks {
    void of(int[] row);
  }

  private static Pixels of(Raster raster, Inks inks) {
    int[] row = new int[raster.getWidth() * INKS];
    byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * Pixels.CHANNELS];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      inks.of(row);
      for (int x = 0; x < row.length; x += INKS) {
        int light = 255 - row[x + 3];
        for (int ink = 0; ink < 3; ink++) {
          // Pillow's MULDIV255: a product of bytes over 255, rounded, without a division.
          int product = row[x + ink] * light + 128;
          rgb[at++] = (byte) Math.max(0, light - (((product >> 8) + product) >> 8));
        }
      }
    }
    return new Pixels(raster.getWidth(), raster.getHeight(), rgb);
  }

  private static int clipped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
