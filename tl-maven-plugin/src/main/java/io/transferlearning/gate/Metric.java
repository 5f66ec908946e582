package io.transferlearning.gate;

import io.transferlearning.evaluation.ClassMetrics;
import io.transferlearning.evaluation.Interval;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.problem.GateProblems;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule can limit: the legal values of {@code <metric>}. */
public enum Metric {
  /** Share of correct predictions. */
  ACCURACY("accuracy"),
  /** Lower end of the accuracy's 95 % interval: passes only when there are images enough. */
  ACCURACY_LOWER_BOUND("accuracyLowerBound"),
  /** Mean recall of the classes. */
  BALANCED_ACCURACY("balancedAccuracy"),
  /** Share of images whose class is among the five most probable; needs six classes. */
  TOP5_ACCURACY("top5Accuracy"),
  /** Mean F1 of the classes. */
  MACRO_F1("macroF1"),
  /** Cohen's kappa, -1..1. */
  KAPPA("kappa"),
  /** Mean cross entropy in nats, 0 or more; the only one of which less is better. */
  LOG_LOSS("logLoss"),
  /** Share of the images predicted as a class that are it. */
  PRECISION("precision"),
  /** Share of a class's images that were found. */
  RECALL("recall"),
  /** Harmonic mean of a class's precision and recall. */
  F1("f1");

  private final String text;

  Metric(String text) {
    this.text = text;
  }

  /** As users write it. */
  public String text() {
    return text;
  }

  /** Whether it is measured on one class and so needs {@code <className>}. */
  public boolean perClass() {
    return this == PRECISION || this == RECALL || this == F1;
  }

  /** Every legal name, in the order of this enumeration. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Metric::text).toList();
  }

  /**
   * The metric that users call this.
   *
   * @throws io.transferlearning.problem.Problem for any other name
   */
  public static Metric named(String text) {
    return Arrays.stream(values())
        .filter(metric -> metric.text.equals(text.strip()))
        .findFirst()
        .orElseThrow(() -> GateProblems.unknownMetric(text, names()));
  }

  /** The smallest value it can have. */
  BigDecimal lowest() {
    return this == KAPPA ? BigDecimal.ONE.negate() : BigDecimal.ZERO;
  }

  /** The largest value it can have, or null where there is none. */
  @Nullable BigDecimal highest() {
    return this == LOG_LOSS ? null : BigDecimal.ONE;
  }

  /** The value measured on the whole set; NaN where there is none, and for metrics of a class. */
  double of(Metrics metrics) {
    return switch (this) {
      case ACCURACY -> metrics.accuracy();
      case ACCURACY_LOWER_BOUND -> metrics.accuracyInterval().low();
      case BALANCED_ACCURACY -> metrics.balancedAccuracy();
      case TOP5_ACCURACY -> metrics.top5Accuracy();
      case MACRO_F1 -> metrics.macroF1();
      case KAPPA -> metrics.kappa();
      case LOG_LOSS -> metrics.logLoss();
      case PRECISION, RECALL, F1 -> Double.NaN;
    };
  }

  /** The value measured on one class; NaN where there is none, and for metrics of the set. */
  double of(ClassMetrics one) {
    return switch (this) {
      case PRECISION -> one.precision();
      case RECALL -> one.recall();
      case F1 -> one.f1();
      default -> Double.NaN;
    };
  }

  /** The 95 % interval of the value, where one is known. */
  @Nullable Interval interval(Metrics metrics, @Nullable ClassMetrics one) {
    return switch (this) {
      case ACCURACY, ACCURACY_LOWER_BOUND -> metrics.accuracyInterval();
      case RECALL -> one == null ? null : one.recallInterval();
      default -> null;
    };
  }
}
