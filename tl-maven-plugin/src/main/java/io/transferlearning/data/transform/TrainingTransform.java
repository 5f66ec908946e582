package io.transferlearning.data.transform;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.Resampler;
import io.transferlearning.data.pixel.Affine;
import io.transferlearning.data.pixel.Flips;
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
  private final RandomErasing erasing;

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
    this.erasing = new RandomErasing(augmentation.erasing(), preprocessing.mean());
  }

  @Override
  public int size() {
    return evaluation.size();
  }

  @Override
  public boolean isRandom() {
    return !augmentation.withMixing(Mixing.NONE).equals(Augmentation.NONE);
  }

  /**
   * The shorter side of an image, in pixels, from which on more pixels are not seen in what is made
   * of it: larger images may be made smaller before, once for all epochs. 0 where nothing is
   * random: such a result must stay the evaluation's.
   */
  public int enough() {
    if (!isRandom()) {
      return 0;
    }
    return augmentation.leastArea() > 0 ? boxes.enough(size()) : 2 * evaluation.resize();
  }

  @Override
  public void apply(Pixels image, RandomStream random, ByteBuffer target, int offset) {
    target.put(offset, apply(image, random).rgb());
  }

  /** What is made of an image; nobody else's. */
  Pixels apply(Pixels image, RandomStream random) {
    Pixels crop = crop(image, random);
    if (random.nextDouble(0, 1) < augmentation.horizontalFlip()) {
      Flips.horizontally(crop);
    }
    if (random.nextDouble(0, 1) < augmentation.verticalFlip()) {
      Flips.vertically(crop);
    }
    return erased(recoloured(turned(crop, random), random), random);
  }

  private Pixels turned(Pixels image, RandomStream random) {
    double most = augmentation.rotation();
    return most == 0
        ? image
        : Affine.rotation(random.nextDouble(-most, most), image.width(), image.height())
            .apply(image, Affine.Filter.BILINEAR);
  }

  private Pixels recoloured(Pixels image, RandomStream random) {
    augmentation.jitter().apply(image, random);
    return augmentation.trivialAugment() ? TrivialAugment.draw(random).apply(image) : image;
  }

  private Pixels erased(Pixels image, RandomStream random) {
    erasing.apply(image, random);
    return image;
  }

  private Pixels crop(Pixels image, RandomStream random) {
    return augmentation.leastArea() == 0
        ? evaluation.crop(image)
        : resampler.resize(
            image, boxes.draw(image.width(), image.height(), random), size(), size());
  }
}
