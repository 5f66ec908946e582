package io.transferlearning.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with {@code <rules>}. */
public final class GateProblems {
  private GateProblems() {}

  /** A rule without a metric. */
  public static Problem metricMissing(List<String> legal) {
    return new Problem(
        "A <rule> has no <metric>.", "name one of: " + String.join(", ", legal) + ".");
  }

  /** A metric that is none. */
  public static Problem unknownMetric(String typed, List<String> legal) {
    return new Problem(
        "<metric>" + typed + "</metric> of a <rule> is not known.",
        Suggestion.didYouMean(typed, legal) + "Use one of: " + String.join(", ", legal) + ".");
  }

  /** A metric of classes without a class. */
  public static Problem classMissing(String metric) {
    return new Problem(
        "The rule on '" + metric + "' has no <className>, and " + metric + " is one class's.",
        "name a class, or write <className>*</className> for each class.");
  }

  /** A class for a metric of the whole set. */
  public static Problem classNotAllowed(String metric, String className) {
    return new Problem(
        "The rule on '"
            + metric
            + "' has <className>"
            + className
            + "</className>, but "
            + metric
            + " is measured on all classes together.",
        "remove <className>, or use precision, recall or f1.");
  }

  /** A rule that asks for nothing. */
  public static Problem noLimit(String metric) {
    return new Problem(
        "The rule on '" + metric + "' has neither <minimum> nor <maximum>.",
        "add one, such as <minimum>0.90</minimum>.");
  }

  /** A rule that nothing can pass. */
  public static Problem limitsCrossed(String metric, String minimum, String maximum) {
    return new Problem(
        "The rule on '"
            + metric
            + "' has <minimum>"
            + minimum
            + "</minimum> above <maximum>"
            + maximum
            + "</maximum>, so nothing can pass.",
        "exchange the two, or remove one.");
  }

  /**
   * A limit that can not be read.
   *
   * @param limit {@code minimum} or {@code maximum}
   * @param percent whether the metric may be limited in percent
   */
  public static Problem limitNotNumber(String metric, String limit, String typed, boolean percent) {
    return new Problem(
        "The rule on '" + metric + "' has " + element(limit, typed) + ", which is not a number.",
        percent ? "write a number such as 0.80 or 80%." : "write a number such as 0.35.");
  }

  /**
   * A limit that the metric can never have.
   *
   * @param limit {@code minimum} or {@code maximum}
   * @param highest the largest legal number, or null when there is none
   */
  public static Problem limitOutOfRange(
      String metric, String limit, String value, String lowest, @Nullable String highest) {
    String range = highest == null ? lowest + " or more" : "from " + lowest + " to " + highest;
    return new Problem(
        "The rule on '"
            + metric
            + "' has "
            + element(limit, value)
            + "; "
            + metric
            + " is "
            + range
            + ".",
        highest == null
            ? "write a number of " + range + "."
            : "write a number " + range + ", or a percentage such as 80%.");
  }

  private static String element(String name, String value) {
    return "<" + name + ">" + value + "</" + name + ">";
  }
}
