package io.transferlearning.data;

/**
 * Random numbers that belong to a place, not to a thread: the stream for (seed, epoch, image) is
 * the same whoever draws it and whenever. SplitMix64, written out so that every JDK draws the same
 * numbers. Not safe for use by several threads at once.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /** The stream at these coordinates; neighbouring coordinates give unrelated streams. */
  public static RandomStream of(long... coordinates) {
    long state = 0;
    for (long coordinate : coordinates) {
      state = mix(state + GOLDEN_GAMMA) ^ mix(coordinate - GOLDEN_GAMMA);
    }
    return new RandomStream(mix(state));
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in {@code low} (inclusive) to {@code high} (exclusive). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * ((nextLong() >>> 11) * 0x1p-53);
  }

  /** Uniform in 0 (inclusive) to {@code bound} (exclusive); {@code bound} is at least 1. */
  public int nextInt(int bound) {
    // The high half of a 32 x 32 bit product: its bias is below bound / 2^32.
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** True for one draw in two. */
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** Normal, of mean 0 and deviation 1: the Box-Muller transform, of which one number is used. */
  public double nextGaussian() {
    // In 1 - [0, 1) there is no 0, whose logarithm is infinite.
    double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble(0, 1)));
    return radius * StrictMath.cos(nextDouble(0, 2 * Math.PI));
  }

  /**
   * Beta(alpha, alpha), as the share of one of two Gamma(alpha) variables in their sum.
   *
   * @param alpha above 0; small ones give numbers near 0 and 1, 1 gives the uniform distribution
   */
  public double nextBeta(double alpha) {
    double one = nextLogGamma(alpha);
    double other = nextLogGamma(alpha);
    return 1 / (1 + StrictMath.exp(other - one));
  }

  /**
   * The logarithm of a Gamma(alpha) variable, because for a small alpha the variable itself may be
   * too small for a double. Marsaglia and Tsang 2000, "A simple method for generating gamma
   * variables", with their step from alpha + 1 to alpha.
   */
  private double nextLogGamma(double alpha) {
    double d = alpha + 1 - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = nextGaussian();
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double v = root * root * root;
      double u = 1 - nextDouble(0, 1);
      if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return StrictMath.log(d * v) + StrictMath.log(1 - nextDouble(0, 1)) / alpha;
      }
    }
  }

  /** The numbers from 0 to {@code size - 1} in random order. */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The finalizer of SplitMix64 (Stafford's variant 13). */
  public static long mix(long bits) {
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}
