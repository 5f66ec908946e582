package io.transferlearning.report;

import io.transferlearning.evaluation.Interval;
import java.util.Locale;

/** Numbers as readers of a report want them. */
final class Text {
  /** Stands where a value is undefined. */
  static final String UNDEFINED = "n/a";

  private Text() {}

  /** A fraction in percent with one decimal: {@code 93.1 %}. */
  static String percent(double fraction) {
    return Double.isFinite(fraction)
        ? String.format(Locale.ROOT, "%.1f %%", 100 * fraction)
        : UNDEFINED;
  }

  /** A number with three decimals. */
  static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : UNDEFINED;
  }

  /** An interval in percent: {@code 89.0 to 95.7 %}. */
  static String percent(Interval interval) {
    return Double.isFinite(interval.low())
        ? String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * interval.low(), 100 * interval.high())
        : UNDEFINED;
  }
}
