package io.transferlearning.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.XYDataset;

/**
 * What a value axis shows: from 0 or more, to no more than the measure can be, in round steps.
 *
 * @param low the smallest value shown, a multiple of the step
 * @param high the largest value shown
 * @param step from tick to tick: 1, 2 or 5 times a power of ten
 */
record AxisRange(double low, double high, double step) {
  private static final int TICKS = 6;

  /**
   * The range that shows all values with a little air, in round numbers; the widest where there are
   * none, or none but zeros.
   *
   * @param limit the largest value there can be
   */
  static AxisRange of(XYDataset values, double limit) {
    Range found = DatasetUtils.findRangeBounds(values, false);
    if (found == null || found.isNaNRange() || found.getUpperBound() == 0) {
      return new AxisRange(
          0, Double.isFinite(limit) ? limit : 1, Double.isFinite(limit) ? 20 : 0.2);
    }
    // A flat or single-point curve gets room of a tenth of its value, to stand in the middle.
    double spread = Math.max(found.getLength(), Math.max(found.getUpperBound() * 0.1, 1e-6));
    double low = Math.max(0, found.getLowerBound() - spread * 0.08);
    double high = Math.min(limit, found.getUpperBound() + spread * 0.08);
    double step = step((high - low) / TICKS);
    return new AxisRange(
        step * Math.floor(low / step), Math.min(limit, step * Math.ceil(high / step)), step);
  }

  /** A round step from epoch to epoch: at least 1, and at most about 12 ticks. */
  static double wholeStep(int epochs) {
    return Math.max(1, step(epochs / 12.0));
  }

  /** The smallest of 1, 2 or 5 times a power of ten that is no less. */
  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(atLeast, 1e-9))));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= atLeast) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Prints as many digits as the step has, with a point in every country. */
  NumberFormat format() {
    int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    return new DecimalFormat(
        digits == 0 ? "0" : "0." + "0".repeat(digits),
        DecimalFormatSymbols.getInstance(Locale.ROOT));
  }
}
