package io.transferlearning.weights;

/**
 * The two 16-bit floating-point formats, widened to 32 bits. Every value of either is exactly a
 * {@code float}, so nothing is rounded. (The JDK has this from 20 on, for IEEE's format only.)
 */
final class Float16 {
  private static final int EXPONENT_OF_INFINITY = 0x1F;

  /** The smallest subnormal, 2^-24: subnormals are whole multiples of it. */
  private static final float SUBNORMAL_STEP = 0x1p-24f;

  private Float16() {}

  /** IEEE 754 binary16: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
  static float ieee(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * SUBNORMAL_STEP;
      return sign == 0 ? magnitude : -magnitude;
    }
    if (exponent == EXPONENT_OF_INFINITY) {
      return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
    }
    return Float.intBitsToFloat(sign | (exponent - 15 + 127) << 23 | fraction << 13);
  }

  /** Google's bfloat16: the upper half of a 32-bit float. */
  static float brain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
