package io.transferlearning.data.transform;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Box;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.Resampler;
import java.nio.ByteBuffer;

/**
 * What an image goes through when a model is used: torchvision's {@code Resize} of the shorter side
 * and {@code CenterCrop}, to the pixel. Without chance.
 */
public final class EvaluationTransform implements ImageTransform {
  private final Preprocessing preprocessing;
  private final Resampler resampler;

  /** The transform that belongs to a model. */
  public EvaluationTransform(Preprocessing preprocessing) {
    this.preprocessing = preprocessing;
    this.resampler = new Resampler(preprocessing.interpolation());
  }

  @Override
  public int size() {
    return preprocessing.crop();
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Override
  public void apply(Pixels image, RandomStream random, ByteBuffer target, int offset) {
    target.put(offset, crop(image).rgb());
  }

  /** The length that the shorter side is resized to, in pixels. */
  int resize() {
    return preprocessing.resize();
  }

  /** The same, and then left and right change places. */
  public ImageTransform flipped() {
    return new FlippedTransform(this);
  }

  /** What is made of an image; nobody else's. */
  Pixels crop(Pixels image) {
    int crop = size();
    int width = resized(image.width(), image);
    int height = resized(image.height(), image);
    Box window =
        new Box(
            Math.max(0, margin(width)),
            Math.max(0, margin(height)),
            Math.min(crop, width),
            Math.min(crop, height));
    Pixels center = resampler.resize(image, Box.all(image), width, height, window);
    return center.rgb().length == bytes() ? center : padded(center);
  }

  /** Where the resized image is smaller than the crop it stands in the middle of black. */
  private Pixels padded(Pixels center) {
    int crop = size();
    int left = (crop - center.width()) / 2;
    int top = (crop - center.height()) / 2;
    int row = center.width() * Pixels.CHANNELS;
    byte[] padded = new byte[bytes()];
    for (int y = 0; y < center.height(); y++) {
      int at = ((top + y) * crop + left) * Pixels.CHANNELS;
      System.arraycopy(center.rgb(), y * row, padded, at, row);
    }
    return new Pixels(crop, crop, padded);
  }

  /** The length of a side after the shorter one became {@link Preprocessing#resize()}. */
  private int resized(int side, Pixels image) {
    // Truncated, as torchvision does, in the precision Python has.
    return (int) ((double) ((long) preprocessing.resize() * side) / image.shorterSide());
  }

  /** Pixels before the crop. Python rounds halves to even, and so does {@code rint}. */
  private int margin(int side) {
    return (int) Math.rint((side - size()) / 2.0);
  }
}
