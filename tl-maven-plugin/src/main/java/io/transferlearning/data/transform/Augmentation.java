package io.transferlearning.data.transform;

import io.transferlearning.problem.AugmentationProblems;

/**
 * What is done to training images, and with what chance, in this order. The distributions are those
 * of torchvision's transforms of the same names.
 *
 * @param leastArea the least part of an image's area that {@code RandomResizedCrop} keeps, above 0,
 *     at most 1; 0 for the centre crop of evaluation instead
 * @param horizontalFlip chance that left and right change places, 0..1
 * @param verticalFlip chance that top and bottom change places, 0..1
 * @param rotation most degrees that an image is turned about its centre, to either side, 0..180;
 *     what comes from outside is black
 * @param jitter of the colours
 * @param trivialAugment whether each image goes through one operation of {@link TrivialAugment}
 * @param erasing chance that a box of the image becomes the mean colour, 0..1
 * @param mixing of images with each other
 */
public record Augmentation(
    double leastArea,
    double horizontalFlip,
    double verticalFlip,
    double rotation,
    ColorJitter jitter,
    boolean trivialAugment,
    double erasing,
    Mixing mixing) {

  /** Images as in evaluation. */
  public static final Augmentation NONE =
      new Augmentation(0, 0, 0, 0, ColorJitter.NONE, false, 0, Mixing.NONE);

  /** Crops of at least half of an image, and flips. */
  public static final Augmentation LIGHT = NONE.withLeastArea(0.5).withFlips(0.5, 0);

  /**
   * Crops of at least 8 % of an image, and flips: what torchvision's reference script and PyTorch's
   * tutorial of transfer learning do where nothing is said.
   */
  public static final Augmentation DEFAULT = LIGHT.withLeastArea(0.08);

  /** The default, and TrivialAugment. */
  public static final Augmentation TRIVIAL_AUGMENT = DEFAULT.withTrivialAugment(true);

  /**
   * What a single image goes through in the recipe of torchvision's second weights of ResNet-50
   * (https://pytorch.org/blog/how-to-train-state-of-the-art-models-using-torchvision-latest-primitives/).
   * Its mixup (alpha 0.2) and CutMix (alpha 1) are left to be asked for: they are made for
   * trainings of hundreds of epochs.
   */
  public static final Augmentation STRONG = TRIVIAL_AUGMENT.withErasing(0.1);

  /**
   * @throws io.transferlearning.problem.Problem for a value out of its range
   */
  public Augmentation {
    require("leastArea", leastArea, 1);
    require("horizontalFlip", horizontalFlip, 1);
    require("verticalFlip", verticalFlip, 1);
    require("rotation", rotation, 180);
    require("erasing", erasing, 1);
  }

  private static void require(String name, double value, double most) {
    // The negation refuses NaN too.
    if (!(value >= 0 && value <= most)) {
      throw AugmentationProblems.notInRange(name, value, 0, most);
    }
  }

  /** The same with another least area. */
  public Augmentation withLeastArea(double value) {
    return new Augmentation(
        value, horizontalFlip, verticalFlip, rotation, jitter, trivialAugment, erasing, mixing);
  }

  /** The same with other chances of flips. */
  public Augmentation withFlips(double horizontal, double vertical) {
    return new Augmentation(
        leastArea, horizontal, vertical, rotation, jitter, trivialAugment, erasing, mixing);
  }

  /** The same with another rotation, in degrees. */
  public Augmentation withRotation(double degrees) {
    return new Augmentation(
        leastArea, horizontalFlip, verticalFlip, degrees, jitter, trivialAugment, erasing, mixing);
  }

  /** The same with another jitter. */
  public Augmentation withJitter(ColorJitter value) {
    return new Augmentation(
        leastArea, horizontalFlip, verticalFlip, rotation, value, trivialAugment, erasing, mixing);
  }

  /** The same with or without TrivialAugment. */
  public Augmentation withTrivialAugment(boolean value) {
    return new Augmentation(
        leastArea, horizontalFlip, verticalFlip, rotation, jitter, value, erasing, mixing);
  }

  /** The same with another chance of erasing. */
  public Augmentation withErasing(double chance) {
    return new Augmentation(
        leastArea, horizontalFlip, verticalFlip, rotation, jitter, trivialAugment, chance, mixing);
  }

  /** The same with other mixing. */
  public Augmentation withMixing(Mixing value) {
    return new Augmentation(
        leastArea, horizontalFlip, verticalFlip, rotation, jitter, trivialAugment, erasing, value);
  }
}
