package io.transferlearning.data.transform;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Box;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.Resampler;
import java.nio.ByteBuffer;

/**
 * What an image goes through when a model is trained: torchvision's {@code RandomResizedCrop} and a
 * horizontal flip of every second image. The distributions are torchvision's; the numbers drawn are
 * the {@link RandomStream}'s own.
 */
public final class TrainingTransform implements ImageTransform {
  /** The least part of an image's area that a crop keeps, unless another is asked for. */
  public static final double DEFAULT_LEAST_AREA = 0.08;

  private static final double LEAST_RATIO = 3.0 / 4;
  private static final double MOST_RATIO = 4.0 / 3;
  private static final int TRIES = 10;

  private final int size;
  private final double leastArea;
  private final Resampler resampler;

  /** Crops of 8 % to all of an image. */
  public TrainingTransform(Preprocessing preprocessing) {
    this(preprocessing, DEFAULT_LEAST_AREA);
  }

  /**
   * @param preprocessing gives the size and the interpolation
   * @param leastArea the least part of an image's area that a crop keeps; above 0, at most 1
   */
  public TrainingTransform(Preprocessing preprocessing, double leastArea) {
    if (!(leastArea > 0 && leastArea <= 1)) {
      throw new IllegalArgumentException("the least area is above 0 and at most 1: " + leastArea);
    }
    this.size = preprocessing.crop();
    this.leastArea = leastArea;
    this.resampler = new Resampler(preprocessing.interpolation());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void apply(Pixels image, RandomStream random, ByteBuffer target, int offset) {
    Box box = randomBox(image, random);
    boolean flip = random.nextBoolean();
    byte[] rgb = resampler.resize(image, box, size, size).rgb();
    if (flip) {
      flip(rgb);
    }
    target.put(offset, rgb);
  }

  /** A box of random area, shape and place; the largest central one where ten tries do not fit. */
  Box randomBox(Pixels image, RandomStream random) {
    double area = (double) image.width() * image.height();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double boxArea = area * random.nextDouble(leastArea, 1);
      double ratio =
          StrictMath.exp(
              random.nextDouble(StrictMath.log(LEAST_RATIO), StrictMath.log(MOST_RATIO)));
      int width = (int) Math.rint(Math.sqrt(boxArea * ratio));
      int height = (int) Math.rint(Math.sqrt(boxArea / ratio));
      if (width > 0 && width <= image.width() && height > 0 && height <= image.height()) {
        int top = random.nextInt(image.height() - height + 1);
        int left = random.nextInt(image.width() - width + 1);
        return new Box(left, top, width, height);
      }
    }
    return centralBox(image);
  }

  private static Box centralBox(Pixels image) {
    double ratio = (double) image.width() / image.height();
    int width = image.width();
    int height = image.height();
    if (ratio < LEAST_RATIO) {
      height = (int) Math.rint(width / LEAST_RATIO);
    } else if (ratio > MOST_RATIO) {
      width = (int) Math.rint(height * MOST_RATIO);
    }
    return new Box((image.width() - width) / 2, (image.height() - height) / 2, width, height);
  }

  private void flip(byte[] rgb) {
    int row = size * Pixels.CHANNELS;
    for (int start = 0; start < rgb.length; start += row) {
      int left = start;
      int right = start + row - Pixels.CHANNELS;
      for (; left < right; left += Pixels.CHANNELS, right -= Pixels.CHANNELS) {
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
          byte swapped = rgb[left + channel];
          rgb[left + channel] = rgb[right + channel];
          rgb[right + channel] = swapped;
        }
      }
    }
  }
}
