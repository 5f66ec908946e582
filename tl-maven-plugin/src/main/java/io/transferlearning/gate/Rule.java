package io.transferlearning.gate;

import io.transferlearning.problem.GateProblems;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A limit on a metric.
 *
 * @param metric what is limited
 * @param className the class a metric of classes is taken from, {@link #EACH_CLASS} for every one;
 *     null for metrics of the whole set
 * @param minimum the smallest value that passes, or null
 * @param maximum the largest value that passes, or null; one of the two is there
 */
public record Rule(
    Metric metric,
    @Nullable String className,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum) {

  /** The class name that stands for each class. */
  public static final String EACH_CLASS = "*";

  /**
   * @throws io.transferlearning.problem.Problem when the parts do not make a rule
   */
  public Rule {
    if (metric.perClass() && className == null) {
      throw GateProblems.classMissing(metric.text());
    }
    if (!metric.perClass() && className != null) {
      throw GateProblems.classNotAllowed(metric.text(), className);
    }
    if (minimum == null && maximum == null) {
      throw GateProblems.noLimit(metric.text());
    }
    requireInRange(metric, "minimum", minimum);
    requireInRange(metric, "maximum", maximum);
    if (minimum != null && maximum != null && minimum.compareTo(maximum) > 0) {
      throw GateProblems.limitsCrossed(
          metric.text(), minimum.toPlainString(), maximum.toPlainString());
    }
  }

  /**
   * A rule from what users write.
   *
   * @param metric one of {@link Metric#names}
   * @param className a class, {@code *}, or nothing
   * @param minimum a number such as {@code 0.80} or {@code 80%}, or nothing
   * @param maximum likewise
   * @throws io.transferlearning.problem.Problem when they do not make a rule
   */
  public static Rule parse(
      @Nullable String metric,
      @Nullable String className,
      @Nullable String minimum,
      @Nullable String maximum) {
    if (metric == null || metric.isBlank()) {
      throw GateProblems.metricMissing(Metric.names());
    }
    Metric known = Metric.named(metric);
    return new Rule(
        known,
        className == null || className.isBlank() ? null : className,
        number(known, "minimum", minimum),
        number(known, "maximum", maximum));
  }

  /** What is asked, such as {@code class=glacier recall >= 0.88}. */
  public String text() {
    String lower = minimum == null ? "" : " >= " + minimum.toPlainString();
    String upper = maximum == null ? "" : " <= " + maximum.toPlainString();
    return subject() + lower + (lower.isEmpty() || upper.isEmpty() ? "" : " and") + upper;
  }

  /** What is limited, such as {@code class=glacier recall}. */
  String subject() {
    return (className == null ? "" : "class=" + className + " ") + metric.text();
  }

  /** The same limits on one class. */
  Rule onClass(String name) {
    return new Rule(metric, name, minimum, maximum);
  }

  private static @Nullable BigDecimal number(Metric metric, String limit, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String stripped = text.strip();
    // Nobody measures nats in percent: such a limit was meant for another metric.
    boolean percent = stripped.endsWith("%") && metric != Metric.LOG_LOSS;
    String digits = percent ? stripped.substring(0, stripped.length() - 1).strip() : stripped;
    try {
      BigDecimal number = new BigDecimal(digits);
      return percent ? number.movePointLeft(2) : number;
    } catch (NumberFormatException e) {
      throw GateProblems.limitNotNumber(metric.text(), limit, text, metric != Metric.LOG_LOSS);
    }
  }

  private static void requireInRange(Metric metric, String limit, @Nullable BigDecimal value) {
    if (value == null) {
      return;
    }
    BigDecimal highest = metric.highest();
    if (value.compareTo(metric.lowest()) < 0 || (highest != null && value.compareTo(highest) > 0)) {
      throw GateProblems.limitOutOfRange(
          metric.text(),
          limit,
          value.toPlainString(),
          metric.lowest().toPlainString(),
          highest == null ? null : highest.toPlainString());
    }
  }
}
