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
      return cosine(1, 0, (double) (step - warmUp) / Math.max(1, steps - warmUp));
    }
  },

  /** A tenth of the rate after each third of the steps. */
  STEP {
    @Override
    double factor(long step, long steps) {
      return Math.pow(0.1, (double) Math.min(2, 3 * step / Math.max(1, steps)));
    }
  },

  /**
   * From 1/25 up to the highest rate over the first 30 % of the steps and down to 1/250,000 of it,
   * both along half a cosine (Smith and Topin 2018, 1708.07120; the numbers are those of torch's
   * OneCycleLR). The momentum stays as it is.
   */
  ONE_CYCLE {
    @Override
    double factor(long step, long steps) {
      double peak = 0.3 * steps - 1;
      return step <= peak
          ? cosine(LOW, 1, peak <= 0 ? 1 : step / peak)
          : cosine(1, LOW / 1e4, (step - peak) / Math.max(1, steps - 1 - peak));
    }
  };

  /** Where one-cycle begins. */
  private static final double LOW = 1.0 / 25;

  /**
   * What the highest rate is multiplied by, 0..1.
   *
   * @param step counts from 0
   * @param steps how many there are at most
   */
  abstract double factor(long step, long steps);

  /** Half a cosine between two values, at 0..1 of the way. */
  private static double cosine(double from, double to, double way) {
    return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, way)));
  }
}
