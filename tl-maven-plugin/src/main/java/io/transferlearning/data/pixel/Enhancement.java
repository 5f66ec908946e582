package io.transferlearning.data.pixel;

import io.transferlearning.data.image.Pixels;

/**
 * Pillow's {@code ImageEnhance}, made in place: an image moves away from a degenerate of itself
 * (factors above 1) or towards it (below 1). Called {@code adjust_brightness}, {@code
 * adjust_contrast}, {@code adjust_saturation} and {@code adjust_sharpness} in torchvision.
 *
 * <p>Factors start at 0, where only the degenerate is left; 1 changes nothing.
 */
public final class Enhancement {
  private Enhancement() {}

  /** The degenerate is black. */
  public static void brightness(Pixels image, double factor) {
    blendWithGrey(image, 0, factor);
  }

  /** The degenerate is the mean grey level everywhere. */
  public static void contrast(Pixels image, double factor) {
    blendWithGrey(image, Luma.mean(image), factor);
  }

  /** The degenerate is the image in grey levels. */
  public static void saturation(Pixels image, double factor) {
    byte[] rgb = image.rgb();
    float alpha = (float) factor;
    for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
      int grey = Luma.at(rgb, i);
      for (int channel = i; channel < i + Pixels.CHANNELS; channel++) {
        rgb[channel] = blend(grey, rgb[channel] & 0xFF, alpha);
      }
    }
  }

  /** The degenerate is the image, smoothed. */
  public static void sharpness(Pixels image, double factor) {
    byte[] rgb = image.rgb();
    byte[] smooth = Smoothing.of(image);
    float alpha = (float) factor;
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = blend(smooth[i] & 0xFF, rgb[i] & 0xFF, alpha);
    }
  }

  private static void blendWithGrey(Pixels image, int grey, double factor) {
    float alpha = (float) factor;
    byte[] table = new byte[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = blend(grey, value, alpha);
    }
    byte[] rgb = image.rgb();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = table[rgb[i] & 0xFF];
    }
  }

  /** As {@code ImagingBlend}: in single precision, cut off and not rounded. */
  private static byte blend(int degenerate, int value, float alpha) {
    float blended = degenerate + alpha * (value - degenerate);
    return (byte) (int) Math.max(0, Math.min(255, blended));
  }
}
