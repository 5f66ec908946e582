package io.transferlearning.problem;

import java.math.BigDecimal;

/** What can be wrong with the augmentation that users ask for. */
public final class AugmentationProblems {
  private AugmentationProblems() {}

  /** A number out of its range; {@code most} may be infinite. */
  public static Problem notInRange(String name, double value, double least, double most) {
    String range =
        most == Double.POSITIVE_INFINITY
            ? "numbers from " + plain(least)
            : "numbers from " + plain(least) + " to " + plain(most);
    return new Problem(
        "augmentation: " + name + " cannot be " + plain(value) + ". Legal: " + range,
        "set -Dtransfer." + name + ", or <" + name + "> in <augmentation>, to such a number");
  }

  private static String plain(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
