package io.transferlearning.training;

/**
 * What keeps a network from learning the training images by heart, beside the optimizer's decay.
 *
 * @param labelSmoothing share of the target spread over all classes, 0..1
 * @param averaging decay of the moving average of the weights that is measured and kept instead of
 *     the last weights ("EMA", Polyak and Juditsky 1992); 0 for none
 * @param startShare share, 0 to below 1, of the weights that training starts from in those that are
 *     measured and kept: the point of the straight line from the start to the trained weights at 1
 *     less this ("WiSE-FT", Wortsman et al. 2022, 2109.01903); 0 for the trained weights themselves
 */
public record Regularisation(double labelSmoothing, double averaging, double startShare) {
  /** None of them. */
  static final Regularisation NONE = new Regularisation(0, 0, 0);

  /** The same with another moving average. */
  public Regularisation withAveraging(double value) {
    return new Regularisation(labelSmoothing, value, startShare);
  }

  /** Whether weights are measured and kept that are not the last ones. */
  boolean changesWhatIsKept() {
    return averaging > 0 || startShare > 0;
  }

  /**
   * Weight of the newest parameters in the average at a step that counts from 0: a young average
   * forgets faster, or the start would stay in it for ever.
   */
  double newest(long step) {
    return 1 - Math.min(averaging, (1.0 + step) / (10.0 + step));
  }
}
