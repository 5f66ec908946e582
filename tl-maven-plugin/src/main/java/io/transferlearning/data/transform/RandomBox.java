package io.transferlearning.data.transform;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Box;

/** The boxes of torchvision's {@code RandomResizedCrop}: of random area, shape and place. */
final class RandomBox {
  private static final double LEAST_RATIO = 3.0 / 4;
  private static final double MOST_RATIO = 4.0 / 3;
  private static final int TRIES = 10;

  private final double leastArea;

  /**
   * @param leastArea the least part of an image's area that a box has; above 0, at most 1
   */
  RandomBox(double leastArea) {
    this.leastArea = leastArea;
  }

  /**
   * The shorter side of an image, in pixels, from which on even its narrowest box has {@code size}
   * pixels across: more of them are not seen.
   */
  int enough(int size) {
    return (int) Math.ceil(size / Math.sqrt(leastArea * LEAST_RATIO));
  }

  /** A box of an image; the largest central one where ten tries do not fit. */
  Box draw(int imageWidth, int imageHeight, RandomStream random) {
    double area = (double) imageWidth * imageHeight;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double boxArea = area * random.nextDouble(leastArea, 1);
      double ratio =
          StrictMath.exp(
              random.nextDouble(StrictMath.log(LEAST_RATIO), StrictMath.log(MOST_RATIO)));
      int width = (int) Math.rint(Math.sqrt(boxArea * ratio));
      int height = (int) Math.rint(Math.sqrt(boxArea / ratio));
      if (width > 0 && width <= imageWidth && height > 0 && height <= imageHeight) {
        int top = random.nextInt(imageHeight - height + 1);
        int left = random.nextInt(imageWidth - width + 1);
        return new Box(left, top, width, height);
      }
    }
    return central(imageWidth, imageHeight);
  }

  private static Box central(int imageWidth, int imageHeight) {
    double ratio = (double) imageWidth / imageHeight;
    int width = imageWidth;
    int height = imageHeight;
    if (ratio < LEAST_RATIO) {
      height = (int) Math.rint(width / LEAST_RATIO);
    } else if (ratio > MOST_RATIO) {
      width = (int) Math.rint(height * MOST_RATIO);
    }
    return new Box((imageWidth - width) / 2, (imageHeight - height) / 2, width, height);
  }
}
