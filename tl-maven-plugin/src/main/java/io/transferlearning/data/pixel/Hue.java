package io.transferlearning.data.pixel;

import io.transferlearning.data.image.Pixels;

/**
 * torchvision's {@code adjust_hue} of Pillow's images, made in place: to HSV in 8 bits a channel,
 * round the circle of hues, and back; rounded as Pillow rounds, so that even a shift by nothing
 * loses some levels.
 */
public final class Hue {
  private Hue() {}

  /**
   * Shifts all hues.
   *
   * @param turn the part of a full turn, -0.5..0.5
   */
  public static void shift(Pixels image, double turn) {
    byte[] rgb = image.rgb();
    int steps = (int) (turn * 255);
    for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
      shift(rgb, i, steps);
    }
  }

  private static void shift(byte[] rgb, int i, int steps) {
    int red = rgb[i] & 0xFF;
    int green = rgb[i + 1] & 0xFF;
    int blue = rgb[i + 2] & 0xFF;
    int most = Math.max(red, Math.max(green, blue));
    int least = Math.min(red, Math.min(green, blue));
    if (most == least) {
      // A grey has no saturation, and stays.
      return;
    }
    float range = most - least;
    int saturation = (int) ((range / most) * 255.0);
    int hue = (hue(red, green, blue, most, range) + steps) & 0xFF;
    put(rgb, i, hue, saturation, most);
  }

  /** As in Pillow's {@code rgb2hsv_row}, 0..255. */
  private static int hue(int red, int green, int blue, int most, float range) {
    float toRed = (most - red) / range;
    float toGreen = (most - green) / range;
    float toBlue = (most - blue) / range;
    float sixths;
    if (red == most) {
      sixths = toBlue - toGreen;
    } else if (green == most) {
      sixths = (float) (2.0 + toRed - toBlue);
    } else {
      sixths = (float) (4.0 + toGreen - toRed);
    }
    float turn = (float) ((sixths / 6.0 + 1.0) % 1.0);
    return (int) (turn * 255.0);
  }

  /** As in Pillow's {@code hsv2rgb_row}. */
  private static void put(byte[] rgb, int i, int hue, int saturation, int value) {
    if (saturation == 0) {
      set(rgb, i, value, value, value);
      return;
    }
    int sector = (int) (hue * 6.0 / 255.0);
    float f = (float) (hue * 6.0 / 255.0 - sector);
    float s = saturation / 255f;
    int p = rounded(value * (1.0 - s));
    int q = rounded(value * (1.0 - s * f));
    int t = rounded(value * (1.0 - s * (1.0 - f)));
    switch (sector % 6) {
      case 0 -> set(rgb, i, value, t, p);
      case 1 -> set(rgb, i, q, value, p);
      case 2 -> set(rgb, i, p, value, t);
      case 3 -> set(rgb, i, p, q, value);
      case 4 -> set(rgb, i, t, p, value);
      default -> set(rgb, i, value, p, q);
    }
  }

  private static int rounded(double value) {
    return (int) (value + 0.5);
  }

  private static void set(byte[] rgb, int i, int red, int green, int blue) {
    rgb[i] = (byte) red;
    rgb[i + 1] = (byte) green;
    rgb[i + 2] = (byte) blue;
  }
}
