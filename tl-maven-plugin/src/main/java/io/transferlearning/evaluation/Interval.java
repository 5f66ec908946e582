package io.transferlearning.evaluation;

/**
 * A 95 % confidence interval of a proportion.
 *
 * @param low its lower end, 0..1, or NaN where there was nothing to count
 * @param high its upper end, likewise
 */
public record Interval(double low, double high) {
  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  /** The interval of a proportion that was never observed. */
  public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

  /**
   * Wilson's score interval without continuity correction: E. B. Wilson, "Probable Inference, the
   * Law of Succession, and Statistical Inference", JASA 22 (1927), 209-212. Unlike the textbook's
   * normal interval it stays inside 0..1 and means something at 0 % and 100 %.
   *
   * @param successes how often it happened, 0..trials
   * @param trials how often it could have happened; 0 gives {@link #UNDEFINED}
   */
  public static Interval wilson(int successes, int trials) {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " of " + trials);
    }
    if (trials == 0) {
      return UNDEFINED;
    }
    double n = trials;
    double p = successes / n;
    double scale = 1 + Z * Z / n;
    double centre = (p + Z * Z / (2 * n)) / scale;
    double half = Z / scale * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    // At the extremes the ends are exactly 0 and 1; the formula misses them by a rounding error.
    double low = successes == 0 ? 0 : centre - half;
    double high = successes == trials ? 1 : centre + half;
    return new Interval(low, high);
  }
}
