package io.transferlearning.data.audit;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.image.Pixels;

/** Hears of an audit as it goes on; on any of its threads, several at once. */
public interface AuditListener {
  /** Does nothing. */
  AuditListener NONE = new AuditListener() {};

  /** So many images of all have been looked at. */
  default void examined(int done, int all) {}

  /**
   * An image that had to be decoded, for whoever can use the pixels and spare a second decoding. An
   * image that an earlier audit knew is not told.
   */
  default void decoded(LabeledImage image, Pixels pixels) {}
}
