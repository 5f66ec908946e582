package io.transferlearning.training.head;

import java.nio.ByteBuffer;

/** Features of images as vectors of one length, and the images' classes. */
public interface FeatureRows {
  /** The number of images. */
  int size();

  /** Floats of an image. */
  int width();

  /**
   * The vectors of the images numbered {@code from} to before {@code to}, one after another: 32-bit
   * floats in the machine's order, direct, from position 0 to the limit. Valid until the next call.
   */
  ByteBuffer rows(int from, int to);

  /** The classes of the same images. */
  long[] labels(int from, int to);
}
