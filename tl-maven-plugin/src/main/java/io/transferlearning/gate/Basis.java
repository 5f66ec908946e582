package io.transferlearning.gate;

import io.transferlearning.evaluation.ClassMetrics;
import io.transferlearning.evaluation.Interval;
import io.transferlearning.evaluation.Metrics;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much a measured value rests on. */
final class Basis {
  private Basis() {}

  /**
   * Such as {@code (n=553, 95% CI .830-.888)}: the images that the value is a share of, and the
   * interval where one is known.
   */
  static String text(Metric metric, Metrics metrics, @Nullable ClassMetrics one) {
    Interval interval = metric.interval(metrics, one);
    String range =
        interval == null
            ? ""
            : ", 95% CI " + fraction(interval.low()) + "-" + fraction(interval.high());
    return " (n=" + images(metric, metrics, one) + range + ")";
  }

  private static int images(Metric metric, Metrics metrics, @Nullable ClassMetrics one) {
    if (one == null) {
      return metrics.images();
    }
    return metric == Metric.PRECISION ? one.predicted() : one.support();
  }

  private static String fraction(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.startsWith("0.") ? text.substring(1) : text;
  }
}
