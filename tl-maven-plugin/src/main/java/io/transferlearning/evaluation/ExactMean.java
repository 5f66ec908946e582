package io.transferlearning.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The mean of fractions of whole numbers, rounded once at the end. Adding up floating-point numbers
 * would make 0.98749999 of what is 0.9875, and a limit of 0.9875 would then fail.
 */
final class ExactMean {
  private BigDecimal sum = BigDecimal.ZERO;
  private int count;

  /** Adds {@code part / whole}; an undefined fraction, of nothing, does not count. */
  void add(int part, int whole) {
    if (whole != 0) {
      sum = sum.add(quotient(BigDecimal.valueOf(part), whole));
      count++;
    }
  }

  /** The mean; NaN of no fractions. */
  double value() {
    return count == 0 ? Double.NaN : quotient(sum, count).doubleValue();
  }

  private static BigDecimal quotient(BigDecimal dividend, int divisor) {
    return dividend.divide(BigDecimal.valueOf(divisor), MathContext.DECIMAL128);
  }
}
