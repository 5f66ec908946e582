package io.transferlearning.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The text of a comparison. The value is rounded to the limit's own digits, at least three, down
 * against a minimum and up against a maximum: what is printed can never contradict the verdict.
 */
final class Comparison {
  private static final int DIGITS = 3;

  private Comparison() {}

  /** Such as {@code 0.861 < 0.880}; names the limit that is broken, or else those that hold. */
  static String text(BigDecimal value, @Nullable BigDecimal minimum, @Nullable BigDecimal maximum) {
    if (minimum != null && value.compareTo(minimum) < 0) {
      return lower(value, "<", minimum);
    }
    if (maximum != null && value.compareTo(maximum) > 0) {
      return upper(value, ">", maximum);
    }
    if (minimum == null) {
      return maximum == null ? value.toPlainString() : upper(value, "<=", maximum);
    }
    String text = lower(value, ">=", minimum);
    return maximum == null ? text : text + " and <= " + padded(maximum).toPlainString();
  }

  private static String lower(BigDecimal value, String sign, BigDecimal limit) {
    return side(value, sign, padded(limit), RoundingMode.FLOOR);
  }

  private static String upper(BigDecimal value, String sign, BigDecimal limit) {
    return side(value, sign, padded(limit), RoundingMode.CEILING);
  }

  private static String side(BigDecimal value, String sign, BigDecimal limit, RoundingMode mode) {
    BigDecimal rounded = value.setScale(limit.scale(), mode);
    return rounded.toPlainString() + " " + sign + " " + limit.toPlainString();
  }

  private static BigDecimal padded(BigDecimal limit) {
    return limit.setScale(Math.max(DIGITS, limit.scale()));
  }
}
