package io.transferlearning.data.image;

/**
 * A decoded image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code height * width * 3} unsigned bytes: rows from the top, pixels from the left,
 *     red, green, blue; shared, not copied, and not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // Copying pixels for safety would cost more than reading.
public record Pixels(int width, int height, byte[] rgb) {
  /** The number of channels: red, green, blue. */
  public static final int CHANNELS = 3;

  /** Refuses an array that is not of the image's size. */
  public Pixels {
    if (width <= 0 || height <= 0 || rgb.length != (long) width * height * CHANNELS) {
      throw new IllegalArgumentException(
          width + " x " + height + " pixels do not fit " + rgb.length + " bytes");
    }
  }

  /** The length of the shorter side, in pixels. */
  public int shorterSide() {
    return Math.min(width, height);
  }
}
