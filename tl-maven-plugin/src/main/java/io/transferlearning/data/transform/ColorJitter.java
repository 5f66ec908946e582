package io.transferlearning.data.transform;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.pixel.Enhancement;
import io.transferlearning.data.pixel.Hue;
import io.transferlearning.problem.AugmentationProblems;

/**
 * torchvision's {@code ColorJitter}: changes of colour, each by a factor drawn for the image, in an
 * order drawn for the image.
 *
 * @param brightness factors are uniform in {@code max(0, 1 - brightness)} to {@code 1 +
 *     brightness}; 0 for no change; at most 10
 * @param contrast likewise
 * @param saturation likewise
 * @param hue hues are turned by a uniform part of the circle, {@code -hue} to {@code hue}; 0 to 0.5
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) {
  /** Colours stay as they are. */
  public static final ColorJitter NONE = new ColorJitter(0, 0, 0, 0);

  private static final double MOST = 10;
  private static final int OPERATIONS = 4;
  private static final int BRIGHTNESS = 0;
  private static final int CONTRAST = 1;
  private static final int SATURATION = 2;

  /** The number of the change of hue in {@link Drawn#order}. */
  static final int HUE = 3;

  /**
   * @throws io.transferlearning.problem.Problem for a value out of its range
   */
  public ColorJitter {
    require("brightness", brightness, MOST);
    require("contrast", contrast, MOST);
    require("saturation", saturation, MOST);
    require("hue", hue, 0.5);
  }

  private static void require(String name, double value, double most) {
    // The negation refuses NaN too.
    if (!(value >= 0 && value <= most)) {
      throw AugmentationProblems.notInRange(name, value, 0, most);
    }
  }

  /**
   * What is done to one image.
   *
   * @param order of the operations: 0 is brightness, 1 contrast, 2 saturation, 3 hue
   */
  @SuppressWarnings("ArrayRecordComponent") // Used at once and forgotten.
  record Drawn(int[] order, double brightness, double contrast, double saturation, double hue) {}

  /** Draws for one image. */
  Drawn draw(RandomStream random) {
    return new Drawn(
        random.permutation(OPERATIONS),
        factor(brightness, random),
        factor(contrast, random),
        factor(saturation, random),
        random.nextDouble(-hue, hue));
  }

  private static double factor(double strength, RandomStream random) {
    return random.nextDouble(Math.max(0, 1 - strength), 1 + strength);
  }

  /** Changes an image in place. */
  void apply(Pixels image, RandomStream random) {
    if (equals(NONE)) {
      return;
    }
    Drawn drawn = draw(random);
    for (int operation : drawn.order()) {
      apply(image, operation, drawn);
    }
  }

  private void apply(Pixels image, int operation, Drawn drawn) {
    if (operation == BRIGHTNESS && brightness > 0) {
      Enhancement.brightness(image, drawn.brightness());
    } else if (operation == CONTRAST && contrast > 0) {
      Enhancement.contrast(image, drawn.contrast());
    } else if (operation == SATURATION && saturation > 0) {
      Enhancement.saturation(image, drawn.saturation());
    } else if (operation == HUE && hue > 0) {
      Hue.shift(image, drawn.hue());
    }
  }
}
