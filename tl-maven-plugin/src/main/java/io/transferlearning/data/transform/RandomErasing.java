package io.transferlearning.data.transform;

import io.transferlearning.data.Preprocessing.Channels;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Box;
import io.transferlearning.data.image.Pixels;
import java.util.Optional;

/**
 * torchvision's {@code RandomErasing} (Zhong et al. 2017, 1708.04896) with its default areas and
 * shapes: a box of the image becomes the mean colour. torchvision writes zeros after normalising;
 * what is written here normalises to zero within half a level of a byte.
 */
final class RandomErasing {
  private static final double LEAST_AREA = 0.02;
  private static final double MOST_AREA = 0.33;
  private static final double LEAST_RATIO = 0.3;
  private static final double MOST_RATIO = 3.3;
  private static final int TRIES = 10;

  private final double chance;
  private final byte[] colour;

  /**
   * @param chance that an image loses a box, 0..1
   * @param mean colour of the images that the weights were trained on
   */
  RandomErasing(double chance, Channels mean) {
    this.chance = chance;
    this.colour = new byte[] {level(mean.red()), level(mean.green()), level(mean.blue())};
  }

  private static byte level(float value) {
    return (byte) Math.round(255 * value);
  }

  /** Changes an image in place. */
  void apply(Pixels image, RandomStream random) {
    if (random.nextDouble(0, 1) < chance) {
      draw(image.width(), image.height(), random).ifPresent(box -> erase(image, box));
    }
  }

  /** A box of random area, shape and place; empty where ten tries do not fit. */
  static Optional<Box> draw(int width, int height, RandomStream random) {
    double area = (double) width * height;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double boxArea = area * random.nextDouble(LEAST_AREA, MOST_AREA);
      // Of the height to the width, other than that of RandomResizedCrop.
      double ratio =
          StrictMath.exp(
              random.nextDouble(StrictMath.log(LEAST_RATIO), StrictMath.log(MOST_RATIO)));
      int boxHeight = (int) Math.rint(Math.sqrt(boxArea * ratio));
      int boxWidth = (int) Math.rint(Math.sqrt(boxArea / ratio));
      if (boxHeight < height && boxWidth < width) {
        int top = random.nextInt(height - boxHeight + 1);
        int left = random.nextInt(width - boxWidth + 1);
        return Optional.of(new Box(left, top, boxWidth, boxHeight));
      }
    }
    return Optional.empty();
  }

  private void erase(Pixels image, Box box) {
    for (int y = box.top(); y < box.top() + box.height(); y++) {
      int at = (y * image.width() + box.left()) * Pixels.CHANNELS;
      for (int x = 0; x < box.width(); x++, at += Pixels.CHANNELS) {
        System.arraycopy(colour, 0, image.rgb(), at, Pixels.CHANNELS);
      }
    }
  }
}
