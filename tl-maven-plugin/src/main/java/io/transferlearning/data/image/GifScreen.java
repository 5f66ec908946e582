package io.transferlearning.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;

/**
 * The screen that a GIF's first frame is shown on. ImageIO gives the frame alone; as Pillow does, a
 * screen that it does not fill is filled with the transparent colour, or with the palette's first
 * where there is none, and a screen that the frame reaches beyond is as large as the frame needs.
 *
 * @param width of the screen, in pixels
 * @param height of the screen
 * @param left columns of the screen to the left of the frame
 * @param top rows of the screen above the frame
 */
record GifScreen(int width, int height, int left, int top) {
  /**
   * Finds the first frame.
   *
   * @throws IndexOutOfBoundsException where the file ends before it
   */
  static GifScreen of(byte[] file) {
    int at = GifBlocks.firstImage(file);
    int left = number(file, at + 1);
    int top = number(file, at + 3);
    return new GifScreen(
        Math.max(number(file, 6), left + number(file, at + 5)),
        Math.max(number(file, 8), top + number(file, at + 7)),
        left,
        top);
  }

  private static int number(byte[] file, int at) {
    return (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8;
  }

  /** The screen with the frame. */
  BufferedImage show(BufferedImage frame) {
    boolean same =
        left == 0 && top == 0 && frame.getWidth() == width && frame.getHeight() == height;
    if (same || !(frame.getColorModel() instanceof IndexColorModel palette)) {
      return frame;
    }
    WritableRaster screen = frame.getRaster().createCompatibleWritableRaster(width, height);
    int background = Math.max(0, palette.getTransparentPixel());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean inside =
            x >= left && y >= top && x < left + frame.getWidth() && y < top + frame.getHeight();
        int index = inside ? frame.getRaster().getSample(x - left, y - top, 0) : background;
        screen.setSample(x, y, 0, index);
      }
    }
    return new BufferedImage(palette, screen, false, null);
  }
}
