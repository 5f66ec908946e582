package io.transferlearning.data.transform;

import io.transferlearning.problem.AugmentationProblems;

/**
 * What is done to training images, and with what chance. The distributions are those of torchvision's
 * transforms of the same names.
 *
 * @param leastArea the least part of an image's area that {@code RandomResizedCrop} keeps, above 0,
 *     at most 1; 0 for the centre crop of evaluation instead
 * @param horizontalFlip chance that left and right change places, 0..1
 * @param verticalFlip chance that top and bottom change places, 0..1
 * @param mixing of images with each other
 */
public record Augmentation(
    double leastArea, double horizontalFlip, double verticalFlip, Mixing mixing) {

  /** Images as in evaluation. */
  public static final Augmentation NONE = new Augmentation(0, 0, 0, Mixing.NONE);

  /** Crops of at least half of an image, and flips. */
  public static final Augmentation LIGHT = new Augmentation(0.5, 0.5, 0, Mixing.NONE);

  /**
   * Crops of at least 8 % of an image, and flips: what torchvision's reference script and its
   * tutorial of transfer learning do where nothing is said.
   */
  public static final Augmentation DEFAULT = new Augmentation(0.08, 0.5, 0, Mixing.NONE);

  /**
   * @throws io.transferlearning.problem.Problem for a value out of its range
   */
  public Augmentation {
    requireShare("leastArea", leastArea);
    requireShare("horizontalFlip", horizontalFlip);
    requireShare("verticalFlip", verticalFlip);
  }

  private static void requireShare(String name, double value) {
    // The negation refuses NaN too.
    if (!(value >= 0 && value <= 1)) {
      throw AugmentationProblems.notInRange(name, value, 0, 1);
    }
  }

  /** The same with another least area. */
  public Augmentation withLeastArea(double value) {
    return new Augmentation(value, horizontalFlip, verticalFlip, mixing);
  }

  /** The same with other chances of flips. */
  public Augmentation withFlips(double horizontal, double vertical) {
    return new Augmentation(leastArea, horizontal, vertical, mixing);
  }

  /** The same with other mixing. */
  public Augmentation withMixing(Mixing value) {
    return new Augmentation(leastArea, horizontalFlip, verticalFlip, value);
  }
}
