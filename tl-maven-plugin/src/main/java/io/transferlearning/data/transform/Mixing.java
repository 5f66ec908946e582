package io.transferlearning.data.transform;

import io.transferlearning.data.RandomStream;
import io.transferlearning.problem.AugmentationProblems;

/**
 * Whether and how the images of batches are mixed: the distributions of {@code RandomMixup} and
 * {@code RandomCutmix} in torchvision's reference scripts. Where both are on, each batch gets one
 * of them, either with the same chance, as there.
 *
 * @param mixup alpha of mixup's Beta(alpha, alpha); 0 for no mixup
 * @param cutmix alpha of CutMix's Beta(alpha, alpha); 0 for no CutMix
 */
public record Mixing(double mixup, double cutmix) {
  /** No mixing. */
  public static final Mixing NONE = new Mixing(0, 0);

  /**
   * @throws io.transferlearning.problem.Problem for an alpha out of 0..100: one so large that it
   *     could only be a mistake would always give halves
   */
  public Mixing {
    requireAlpha("mixup", mixup);
    requireAlpha("cutmix", cutmix);
  }

  private static void requireAlpha(String name, double alpha) {
    // The negation refuses NaN too.
    if (!(alpha >= 0 && alpha <= 100)) {
      throw AugmentationProblems.notInRange(name, alpha, 0, 100);
    }
  }

  /**
   * Draws for one batch.
   *
   * @param random a stream of this batch in this epoch
   * @param size height and width of the images, in pixels
   */
  public Mixture draw(RandomStream random, int size) {
    if (mixup == 0 && cutmix == 0) {
      return Mixture.NONE;
    }
    boolean blend = cutmix == 0 || (mixup > 0 && random.nextBoolean());
    return blend
        ? new Mixture.Blended(random.nextBeta(mixup))
        : pasted(random.nextBeta(cutmix), random, size);
  }

  /** A square of {@code 1 - share} of the area around a uniform centre, cut off at the edges. */
  private static Mixture pasted(double share, RandomStream random, int size) {
    int x = random.nextInt(size);
    int y = random.nextInt(size);
    int half = (int) (0.5 * Math.sqrt(1 - share) * size);
    int left = Math.max(0, x - half);
    int top = Math.max(0, y - half);
    int right = Math.min(size, x + half);
    int bottom = Math.min(size, y + half);
    double replaced = (double) (right - left) * (bottom - top) / ((double) size * size);
    return new Mixture.Pasted(1 - replaced, left, top, right, bottom);
  }
}
