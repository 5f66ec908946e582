package io.transferlearning.data.audit;

import io.transferlearning.data.LabeledImage;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * An image of a dataset and what its file holds.
 *
 * @param image the image
 * @param split what it is used for
 * @param facts what its file holds
 */
record Examined(LabeledImage image, Split split, ImageFacts facts) {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** What an image is used for. */
  enum Split {
    TRAIN,
    VALIDATION,
    TEST
  }

  /** The file's path, for a line of text. */
  String path() {
    return text(image.file());
  }

  /** A path for a line of text: a name may hold anything but a slash, line ends included. */
  static String text(Path path) {
    return CONTROL.matcher(path.toString()).replaceAll("?");
  }
}
