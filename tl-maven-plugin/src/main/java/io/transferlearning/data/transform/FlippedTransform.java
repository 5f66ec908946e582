package io.transferlearning.data.transform;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.pixel.Flips;
import java.nio.ByteBuffer;

/** The mirror image of what a model sees when it is used. */
final class FlippedTransform implements ImageTransform {
  private final EvaluationTransform plain;

  FlippedTransform(EvaluationTransform plain) {
    this.plain = plain;
  }

  @Override
  public int size() {
    return plain.size();
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Override
  public void apply(Pixels image, RandomStream random, ByteBuffer target, int offset) {
    Pixels crop = plain.crop(image);
    Flips.horizontally(crop);
    target.put(offset, crop.rgb());
  }
}
