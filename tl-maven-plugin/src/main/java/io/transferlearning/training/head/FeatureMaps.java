package io.transferlearning.training.head;

import java.nio.ByteBuffer;

/** Features of images as maps: the means of their channels are the vectors. */
public interface FeatureMaps extends FeatureRows {
  /** Positions of a map, rows times columns. */
  int positions();

  /**
   * The maps of the images numbered {@code from} to before {@code to}, each {@code width()} times
   * {@code positions()} 32-bit floats, position fastest; direct, in the machine's order. Valid
   * until the next call.
   */
  ByteBuffer maps(int from, int to);
}
