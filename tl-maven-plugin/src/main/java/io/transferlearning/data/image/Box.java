package io.transferlearning.data.image;

/**
 * A rectangle of an image's pixels.
 *
 * @param left columns to the left of it
 * @param top rows above it
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Box(int left, int top, int width, int height) {
  /** All of an image. */
  public static Box all(Pixels image) {
    return new Box(0, 0, image.width(), image.height());
  }
}
