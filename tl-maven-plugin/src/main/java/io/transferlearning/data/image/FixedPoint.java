package io.transferlearning.data.image;

/**
 * Sums of bytes times weights, the weights being integers scaled by a power of two. The loops are
 * small and apart, and their arrays of ints, so that the compiler makes vector instructions of
 * them.
 */
final class FixedPoint {
  /** What a sum starts with, so that cutting its fraction off rounds it. */
  static final int HALF = 1 << (ResampleWeights.PRECISION_BITS - 1);

  private FixedPoint() {}

  /** Rounds sums to 0..255, in place. */
  static void round(int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      int value = sums[i] >> ResampleWeights.PRECISION_BITS;
      // Minimum and maximum by masks: 0 for what is negative, 255 for what is above.
      value &= ~(value >> 31);
      value |= (255 - value) >> 31;
      sums[i] = value & 0xFF;
    }
  }

  /** Writes values of 0..255 as bytes. */
  static void store(int[] values, byte[] target, int offset) {
    for (int i = 0; i < values.length; i++) {
      target[offset + i] = (byte) values[i];
    }
  }
}
