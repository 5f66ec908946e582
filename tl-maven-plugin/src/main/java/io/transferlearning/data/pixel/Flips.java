package io.transferlearning.data.pixel;

import io.transferlearning.data.image.Pixels;

/** Mirror images, made in place. */
public final class Flips {
  private Flips() {}

  /** Left and right change places. */
  public static void horizontally(Pixels image) {
    byte[] rgb = image.rgb();
    int row = image.width() * Pixels.CHANNELS;
    for (int start = 0; start < rgb.length; start += row) {
      int left = start;
      int right = start + row - Pixels.CHANNELS;
      for (; left < right; left += Pixels.CHANNELS, right -= Pixels.CHANNELS) {
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
          byte swapped = rgb[left + channel];
          rgb[left + channel] = rgb[right + channel];
          rgb[right + channel] = swapped;
        }
      }
    }
  }

  /** Top and bottom change places. */
  public static void vertically(Pixels image) {
    byte[] rgb = image.rgb();
    int row = image.width() * Pixels.CHANNELS;
    byte[] swapped = new byte[row];
    int top = 0;
    int bottom = rgb.length - row;
    for (; top < bottom; top += row, bottom -= row) {
      System.arraycopy(rgb, top, swapped, 0, row);
      System.arraycopy(rgb, bottom, rgb, top, row);
      System.arraycopy(swapped, 0, rgb, bottom, row);
    }
  }
}
