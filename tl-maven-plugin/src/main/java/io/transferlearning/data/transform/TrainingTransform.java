package io.transferlearning.data.transform;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.Resampler;
import java.nio.ByteBuffer;

/**
 * What an image goes through when a model is trained, in the order of torchvision's reference
 * scripts. The distributions are torchvision's; the numbers drawn are the {@link RandomStream}'s
 * own.
 */
public final class TrainingTransform implements ImageTransform {
  private final Augmentation augmentation;
  private final EvaluationTransform evaluation;
  private final RandomBox boxes;
  private final Resampler resampler;

  /** The default augmentation. */
  public TrainingTransform(Preprocessing preprocessing) {
    this(preprocessing, Augmentation.DEFAULT);
  }

  /**
   * @param preprocessing gives the size and the interpolation
   */
  public TrainingTransform(Preprocessing preprocessing, Augmentation augmentation) {
    this.augmentation = augmentation;
    this.evaluation = new EvaluationTransform(preprocessing);
    this.boxes = new RandomBox(augmentation.leastArea());
    this.resampler = new Resampler(preprocessing.interpolation());
  }

  @Override
  public int size() {
    return evaluation.size();
  }

  @Override
  public void apply(Pixels image, RandomStream random, ByteBuffer target, int offset) {
    target.put(offset, apply(image, random).rgb());
  }

  /** What is made of an image; nobody else's. */
  private Pixels apply(Pixels image, RandomStream random) {
    Pixels crop = crop(image, random);
    if (random.nextDouble(0, 1) < augmentation.horizontalFlip()) {
      Flips.horizontally(crop);
    }
    if (random.nextDouble(0, 1) < augmentation.verticalFlip()) {
      Flips.vertically(crop);
    }
    return crop;
  }

  private Pixels crop(Pixels image, RandomStream random) {
    return augmentation.leastArea() == 0
        ? evaluation.crop(image)
        : resampler.resize(
            image, boxes.draw(image.width(), image.height(), random), size(), size());
  }
}
