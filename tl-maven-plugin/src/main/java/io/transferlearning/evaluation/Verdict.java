package io.transferlearning.evaluation;

/**
 * What became of one rule for one model, in plain words, for whoever prints or draws it.
 *
 * @param rule what was asked, such as {@code class=glacier recall >= 0.880}
 * @param passed whether it held
 * @param message one line with the measured value, such as {@code rule class=glacier recall 0.861 <
 *     0.880 (n=553, 95% CI .830-.888)}
 */
public record Verdict(String rule, boolean passed, String message) {}
