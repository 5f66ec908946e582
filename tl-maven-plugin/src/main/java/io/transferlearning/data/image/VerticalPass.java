package io.transferlearning.data.image;

/**
 * Resamples along columns: whole rows are added up, weighted. Rows are arrays of ints, though they
 * hold bytes, because loops over ints are what the compiler turns into vector instructions.
 */
final class VerticalPass {
  private static final int HALF = FixedPoint.HALF;

  private VerticalPass() {}

  /**
   * One row of the result.
   *
   * @param source as many rows as there are taps, from some row on in a ring
   * @param first the index of the first row
   * @param weights of the taps, from {@code from} on
   * @param sums takes the row, before {@link FixedPoint#round}
   */
  static void apply(int[][] source, int first, int[] weights, int from, int[] sums) {
    int taps = source.length;
    if (taps == 1) {
      one(source[0], weights[from], sums);
      return;
    }
    two(source[first], source[(first + 1) % taps], weights[from], weights[from + 1], sums);
    int tap = 2;
    for (; tap + 1 < taps; tap += 2) {
      int[] row = source[(first + tap) % taps];
      int[] next = source[(first + tap + 1) % taps];
      add(row, next, weights[from + tap], weights[from + tap + 1], sums);
    }
    if (tap < taps) {
      add(source[(first + tap) % taps], weights[from + tap], sums);
    }
  }

  private static void one(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = HALF + row[i] * weight;
    }
  }

  private static void two(int[] row, int[] next, int a, int b, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = HALF + row[i] * a + next[i] * b;
    }
  }

  private static void add(int[] row, int[] next, int a, int b, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * a + next[i] * b;
    }
  }

  private static void add(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }
}
