package io.transferlearning.data.audit;

import io.transferlearning.data.LabeledImage;
import java.nio.file.Path;

/**
 * An image of a dataset and what its file holds.
 *
 * @param image the image
 * @param split what it is used for
 * @param facts what its file holds
 */
record Examined(LabeledImage image, Split split, ImageFacts facts) {
  /** What an image is used for. */
  enum Split {
    TRAIN,
    VALIDATION,
    TEST
  }

  /** The image's file. */
  Path file() {
    return image.file();
  }
}
