package io.transferlearning.maven;

import io.transferlearning.gate.Rule;
import org.jspecify.annotations.Nullable;

/** A limit on a metric, as an element of {@code <rules>}. */
public class RuleParameters {
  /** The metric's name. */
  @Nullable String metric;

  /** For precision, recall and f1: a class, or {@code *} for each. */
  @Nullable String className;

  /** The smallest value that passes, such as {@code 0.90} or {@code 90%}. */
  @Nullable String minimum;

  /** The largest value that passes. */
  @Nullable String maximum;

  Rule toRule() {
    return Rule.parse(metric, className, minimum, maximum);
  }
}
