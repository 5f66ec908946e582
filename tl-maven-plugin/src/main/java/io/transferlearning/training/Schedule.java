package io.transferlearning.training;

/** How learning rates go over the steps of a training. */
public enum Schedule {
  /** Always the highest rate. */
  CONSTANT {
    @Override
    double factor(long step, long steps) {
      return 1;
    }
  },

  /**
   * Linear from 0 over the first tenth of the steps, then half a cosine to 0 (Loshchilov and Hutter
   * 2017, 1608.03983).
   */
  WARM_UP_AND_COSINE {
    @Override
    double factor(long step, long steps) {
      long warmUp = Math.max(1, steps / 10);
      if (step < warmUp) {
        return (step + 1.0) / warmUp;
      }
      double done = (double) (step - warmUp) / Math.max(1, steps - warmUp);
      return 0.5 * (1 + Math.cos(Math.PI * done));
    }
  };

  /**
   * What the highest rate is multiplied by, 0..1.
   *
   * @param step counts from 0
   * @param steps how many there are at most
   */
  abstract double factor(long step, long steps);
}
