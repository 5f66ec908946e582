package io.transferlearning.data.audit;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the content of an image file. Depends on the bytes alone, so it can be kept.
 *
 * @param content of the file's bytes; {@link Digest#NONE} where it can not be read
 * @param pixels of the decoded image; {@link Digest#NONE} where it can not be decoded
 * @param width of the decoded image, in pixels; 0 where it can not be decoded
 * @param height likewise
 * @param damage what is wrong with it; null where nothing is
 */
record ImageFacts(Digest content, Digest pixels, int width, int height, @Nullable String damage) {

  static ImageFacts unreadable(String reason) {
    return new ImageFacts(Digest.NONE, Digest.NONE, 0, 0, reason);
  }

  /** Whether there is an image at all; it may be damaged. */
  boolean isDecoded() {
    return width > 0;
  }
}
