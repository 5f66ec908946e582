package io.transferlearning.data.transform;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Pixels;
import java.nio.ByteBuffer;

/** Makes an image of any size one of the network's input size. Safe for use by many threads. */
public interface ImageTransform {

  /** Height and width of what is made, in pixels. */
  int size();

  /** The number of bytes of what is made: height, width and three channels. */
  default int bytes() {
    return size() * size() * Pixels.CHANNELS;
  }

  /** Whether an image may become another one each time. */
  default boolean isRandom() {
    return true;
  }

  /**
   * Transforms one image.
   *
   * @param image the decoded image
   * @param random the stream of this image in this epoch; a transform without chance leaves it
   * @param target takes {@link #bytes()} unsigned bytes, rows of red, green, blue; its position is
   *     neither used nor moved
   * @param offset where in {@code target} the first byte goes
   */
  void apply(Pixels image, RandomStream random, ByteBuffer target, int offset);
}
