package io.transferlearning.data.transform;

/**
 * How each image of a batch is mixed with its neighbour: the one before it, and the first with the
 * last. The label is mixed likewise: its loss is {@code share} of that for the image's own class
 * and the rest of that for the other's.
 */
public sealed interface Mixture {
  /** Nothing is mixed. */
  Mixture NONE = new Unmixed();

  /** The part that an image's own label keeps, 0..1. */
  double share();

  /**
   * The numbers that the training step takes: none; the share; or the share and the box's left,
   * top, right and bottom.
   */
  double[] numbers();

  /** Every image stays as it is. */
  record Unmixed() implements Mixture {
    @Override
    public double share() {
      return 1;
    }

    @Override
    public double[] numbers() {
      return new double[0];
    }
  }

  /** Mixup (Zhang et al. 2018, 1710.09412): pixels are blended. */
  record Blended(double share) implements Mixture {
    @Override
    public double[] numbers() {
      return new double[] {share};
    }
  }

  /**
   * CutMix (Yun et al. 2019, 1905.04899): a part comes from the other image.
   *
   * @param share of the area that is not replaced
   * @param left first column that is replaced
   * @param top first row that is replaced
   * @param right one past the last column; {@code left} where nothing is
   * @param bottom one past the last row
   */
  record Pasted(double share, int left, int top, int right, int bottom) implements Mixture {
    @Override
    public double[] numbers() {
      return new double[] {share, left, top, right, bottom};
    }
  }
}
