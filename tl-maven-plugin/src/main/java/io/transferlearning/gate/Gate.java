package io.transferlearning.gate;

import io.transferlearning.evaluation.ClassMetrics;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Verdict;
import io.transferlearning.problem.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds metrics against rules. It fails closed: a rule that can not be checked, because there are
 * no images, no such class or no value, is violated.
 */
public final class Gate {
  private Gate() {}

  /** The rules that do not hold, in their order; nothing when all do. */
  public static List<Violation> check(Metrics metrics, List<Rule> rules) {
    List<Violation> violations = new ArrayList<>();
    for (Rule rule : forEachClass(metrics, rules)) {
      Verdict verdict = judge(metrics, rule);
      if (!verdict.passed()) {
        violations.add(new Violation(rule, verdict.message()));
      }
    }
    return violations;
  }

  /** What became of each rule; a rule for each class gives as many verdicts. */
  public static List<Verdict> judge(Metrics metrics, List<Rule> rules) {
    return forEachClass(metrics, rules).stream().map(rule -> judge(metrics, rule)).toList();
  }

  private static List<Rule> forEachClass(Metrics metrics, List<Rule> rules) {
    List<Rule> concrete = new ArrayList<>();
    for (Rule rule : rules) {
      if (Rule.EACH_CLASS.equals(rule.className()) && !metrics.perClass().isEmpty()) {
        metrics.classes().forEach(name -> concrete.add(rule.onClass(name)));
      } else {
        concrete.add(rule);
      }
    }
    return concrete;
  }

  private static Verdict judge(Metrics metrics, Rule rule) {
    if (metrics.images() == 0) {
      return unchecked(rule, "there are no images to measure it on (n=0)");
    }
    ClassMetrics one = classOf(metrics, rule.className());
    if (rule.className() != null && one == null) {
      return unchecked(rule, noSuchClass(metrics, rule.className()));
    }
    double value = one == null ? rule.metric().of(metrics) : rule.metric().of(one);
    if (!Double.isFinite(value)) {
      return unchecked(rule, Undefined.why(rule.metric(), metrics, one));
    }
    return compare(metrics, rule, one, value);
  }

  /**
   * Compares as decimal numbers. Through the number's shortest decimal form 7 of 10 is 0.7 exactly,
   * as its reader thinks, and not the binary fraction just below.
   */
  private static Verdict compare(
      Metrics metrics, Rule rule, @Nullable ClassMetrics one, double measured) {
    BigDecimal value = BigDecimal.valueOf(measured);
    BigDecimal minimum = rule.minimum();
    BigDecimal maximum = rule.maximum();
    boolean tooLow = minimum != null && value.compareTo(minimum) < 0;
    boolean tooHigh = maximum != null && value.compareTo(maximum) > 0;
    String comparison = Comparison.text(value, minimum, maximum);
    String message =
        "rule " + rule.subject() + " " + comparison + Basis.text(rule.metric(), metrics, one);
    return new Verdict(rule.text(), !tooLow && !tooHigh, message);
  }

  private static Verdict unchecked(Rule rule, String why) {
    return new Verdict(rule.text(), false, "rule " + rule.text() + " can not be checked: " + why);
  }

  private static @Nullable ClassMetrics classOf(Metrics metrics, @Nullable String name) {
    return metrics.perClass().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String noSuchClass(Metrics metrics, String name) {
    return "there is no class '"
        + name
        + "'; "
        + Suggestion.didYouMean(name, metrics.classes())
        + "classes are "
        + String.join(", ", metrics.classes());
  }
}
