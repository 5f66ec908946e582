package io.transferlearning.gate;

import io.transferlearning.evaluation.ClassMetrics;
import io.transferlearning.evaluation.Metrics;
import org.jspecify.annotations.Nullable;

/** Why a metric has no value. */
final class Undefined {
  private Undefined() {}

  static String why(Metric metric, Metrics metrics, @Nullable ClassMetrics one) {
    if (metric == Metric.TOP5_ACCURACY && metrics.classes().size() <= 5) {
      return "it needs more than 5 classes, there are " + metrics.classes().size();
    }
    if (metric == Metric.PRECISION && one != null && one.predicted() == 0) {
      return "no image was predicted as " + one.name();
    }
    if (one != null && one.support() == 0) {
      return "there is no image of " + one.name();
    }
    if (metric == Metric.KAPPA) {
      return "all images and all predictions are of one class";
    }
    return "its value is not a number";
  }
}
