package io.transferlearning.problem;

import org.assertj.core.api.Assertions;

/** Lets a test look at the problem that an action ends with. */
public final class ProblemCatcher {
  private ProblemCatcher() {}

  /** The problem, or null where there is none. */
  public static Problem catchProblem(Runnable action) {
    return Assertions.catchThrowableOfType(Problem.class, action::run);
  }
}
