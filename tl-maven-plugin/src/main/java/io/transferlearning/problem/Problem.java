package io.transferlearning.problem;

/**
 * A failure that the user can understand and mend: it names the thing, the value and what is legal,
 * and then says what to do next. Whoever catches it prints {@link #getMessage()} and no stack
 * trace.
 */
public final class Problem extends RuntimeException {
  private final String what;
  private final String next;

  /**
   * @param what what failed: the thing, its value, and what is legal; one sentence or a few short
   *     lines
   * @param next what the user can do about it, as an instruction
   */
  public Problem(String what, String next) {
    super(what + System.lineSeparator() + "  -> " + next);
    this.what = what;
    this.next = next;
  }

  /** As {@link #Problem(String, String)}, keeping the exception that made us notice. */
  public Problem(String what, String next, Throwable cause) {
    this(what, next);
    initCause(cause);
  }

  /** What failed, without the advice. */
  public String what() {
    return what;
  }

  /** What to do next. */
  public String next() {
    return next;
  }
}
