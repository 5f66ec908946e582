package io.transferlearning.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The canvas that an animated WebP's first frame is shown on. The decoder gives the frame alone; as
 * in libwebp, and so in Pillow, the canvas around it is black, for it is transparent and alpha is
 * dropped.
 *
 * @param width of the canvas, in pixels
 * @param height of the canvas
 * @param left columns of the canvas to the left of the frame
 * @param top rows of the canvas above the frame
 */
record WebpCanvas(int width, int height, int left, int top) {
  private static final int ANIMATION = 0x02;

  /** Offset of the canvas' width, less one, in the data of {@code VP8X}; its height follows. */
  private static final int SIZE = 4;

  private static final int THREE_BYTES = 3;

  /** The data of {@code VP8X}, and what the data of {@code ANMF} begin with. */
  private static final int EXTENDED = 10;

  private static final int FRAME = 16;

  /**
   * The canvas of an animation; empty where a file is none, or its chunks are too short for one.
   */
  static Optional<WebpCanvas> of(byte[] file) {
    Optional<ByteBuffer> extended =
        WebpContainer.chunk(file, "VP8X").filter(data -> data.limit() >= EXTENDED);
    Optional<ByteBuffer> frame =
        WebpContainer.chunk(file, "ANMF").filter(data -> data.limit() >= FRAME);
    if (extended.isEmpty() || frame.isEmpty() || (extended.get().get(0) & ANIMATION) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new WebpCanvas(
            1 + number(extended.get(), SIZE),
            1 + number(extended.get(), SIZE + THREE_BYTES),
            2 * number(frame.get(), 0),
            2 * number(frame.get(), THREE_BYTES)));
  }

  private static int number(ByteBuffer data, int at) {
    return (data.get(at) & 0xFF) | (data.get(at + 1) & 0xFF) << 8 | (data.get(at + 2) & 0xFF) << 16;
  }

  /**
   * The canvas with the frame.
   *
   * @throws IOException where the frame reaches beyond it, which the format does not allow
   */
  Pixels show(Pixels frame) throws IOException {
    if (left + frame.width() > width || top + frame.height() > height) {
      throw new IOException(
          "its first frame of %d x %d pixels reaches beyond its canvas of %d x %d"
              .formatted(frame.width(), frame.height(), width, height));
    }
    if (frame.width() == width && frame.height() == height) {
      return frame;
    }
    byte[] rgb = new byte[width * height * Pixels.CHANNELS];
    int stride = frame.width() * Pixels.CHANNELS;
    for (int y = 0; y < frame.height(); y++) {
      int at = ((top + y) * width + left) * Pixels.CHANNELS;
      System.arraycopy(frame.rgb(), y * stride, rgb, at, stride);
    }
    return new Pixels(width, height, rgb);
  }
}
