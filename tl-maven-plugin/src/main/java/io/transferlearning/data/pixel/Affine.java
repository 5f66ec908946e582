package io.transferlearning.data.pixel;

import io.transferlearning.data.image.Pixels;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Pillow's {@code Image.transform} by an affine map: the pixel at (x, y) comes from {@code (a x + b
 * y + c, d x + e y + f)}, both measured in pixels from the image's corner. What comes from outside
 * is black. The result has the size of the image.
 *
 * @param a columns of the source a column
 * @param b columns of the source a row
 * @param c columns of the source at the corner
 * @param d rows of the source a column
 * @param e rows of the source a row
 * @param f rows of the source at the corner
 */
public record Affine(double a, double b, double c, double d, double e, double f) {

  /** How a place between pixels gets its colour. */
  public enum Filter {
    /** From the pixel it lies in. */
    NEAREST,
    /** From the four pixels around it. */
    BILINEAR
  }

  /** Decimal places to which {@code Image.rotate} rounds sine and cosine. */
  private static final int PLACES = 15;

  /** One pixel in the fixed point in which Pillow goes to the nearest pixel. */
  private static final double FIXED = 65536;

  /**
   * {@code Image.rotate} about the centre.
   *
   * @param degrees against the clock
   */
  public static Affine rotation(double degrees, int width, int height) {
    // Python's modulo takes the sign of the divisor.
    double turned = degrees - 360 * Math.floor(degrees / 360);
    double angle = -Math.toRadians(turned);
    double cosine = rounded(StrictMath.cos(angle));
    double sine = rounded(StrictMath.sin(angle));
    double x = width / 2.0;
    double y = height / 2.0;
    return new Affine(
        cosine, sine, cosine * -x + sine * -y + x, -sine, cosine, -sine * -x + cosine * -y + y);
  }

  private static double rounded(double value) {
    return new BigDecimal(value).setScale(PLACES, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** torchvision's {@code ShearX} of TrivialAugment: rows move against each other. */
  public static Affine shearX(double magnitude) {
    return new Affine(1, tangent(magnitude), 0, 0, 1, 0);
  }

  /** Likewise {@code ShearY}: columns move against each other. */
  public static Affine shearY(double magnitude) {
    return new Affine(1, 0, 0, tangent(magnitude), 1, 0);
  }

  /** The number after torchvision has made degrees of it, and radians of those. */
  private static double tangent(double magnitude) {
    return StrictMath.tan(Math.toRadians(Math.toDegrees(StrictMath.atan(magnitude))));
  }

  /** Moves an image right and down, by whole pixels. */
  public static Affine translation(int right, int down) {
    return new Affine(1, 0, -right, 0, 1, -down);
  }

  /** The transformed image; {@code image} is not changed. */
  public Pixels apply(Pixels image, Filter filter) {
    byte[] result = new byte[image.rgb().length];
    if (filter == Filter.NEAREST) {
      nearest(image, result);
    } else {
      bilinear(image, result);
    }
    return new Pixels(image.width(), image.height(), result);
  }

  /** As {@code affine_fixed}: 16 bits before and after the point, up to 32767 pixels. */
  private void nearest(Pixels image, byte[] result) {
    int width = image.width();
    int height = image.height();
    int startX = fixed(c + a * 0.5 + b * 0.5);
    int startY = fixed(f + d * 0.5 + e * 0.5);
    int at = 0;
    for (int y = 0; y < height; y++) {
      int sourceX = startX;
      int sourceY = startY;
      for (int x = 0; x < width; x++, at += Pixels.CHANNELS) {
        int column = sourceX >> 16;
        int row = sourceY >> 16;
        if (column >= 0 && column < width && row >= 0 && row < height) {
          int from = (row * width + column) * Pixels.CHANNELS;
          result[at] = image.rgb()[from];
          result[at + 1] = image.rgb()[from + 1];
          result[at + 2] = image.rgb()[from + 2];
        }
        sourceX += fixed(a);
        sourceY += fixed(d);
      }
      startX += fixed(b);
      startY += fixed(e);
    }
  }

  private static int fixed(double value) {
    return (int) Math.floor(value * FIXED + 0.5);
  }

  /** As {@code bilinear_filter32RGB}: in double precision, cut off and not rounded. */
  private void bilinear(Pixels image, byte[] result) {
    int width = image.width();
    int height = image.height();
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at += Pixels.CHANNELS) {
        double sourceX = a * (x + 0.5) + b * (y + 0.5) + c;
        double sourceY = d * (x + 0.5) + e * (y + 0.5) + f;
        if (sourceX >= 0 && sourceX < width && sourceY >= 0 && sourceY < height) {
          between(image, sourceX - 0.5, sourceY - 0.5, result, at);
        }
      }
    }
  }

  private static void between(Pixels image, double x, double y, byte[] result, int at) {
    byte[] rgb = image.rgb();
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double right = x - column;
    double down = y - row;
    int left = clamp(column, image.width());
    int step = (clamp(column + 1, image.width()) - left) * Pixels.CHANNELS;
    int upper = (clamp(row, image.height()) * image.width() + left) * Pixels.CHANNELS;
    int lower = (clamp(row + 1, image.height()) * image.width() + left) * Pixels.CHANNELS;
    for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
      double above = between(rgb, upper + channel, step, right);
      double below = between(rgb, lower + channel, step, right);
      result[at + channel] = (byte) (int) (above + (below - above) * down);
    }
  }

  private static double between(byte[] rgb, int from, int step, double part) {
    int first = rgb[from] & 0xFF;
    return first + ((rgb[from + step] & 0xFF) - first) * part;
  }

  private static int clamp(int position, int size) {
    return Math.max(0, Math.min(size - 1, position));
  }
}
