package io.transferlearning.gate;

/**
 * A rule that did not hold, or could not be checked.
 *
 * @param rule the rule; one made for each class names the class
 * @param message one line, such as {@code rule accuracy 0.871 < 0.900 (n=224, 95% CI .821-.909)}
 */
public record Violation(Rule rule, String message) {}
