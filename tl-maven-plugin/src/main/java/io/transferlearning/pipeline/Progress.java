package io.transferlearning.pipeline;

/** Hears what a pipeline does, for the user's console. */
public interface Progress {
  /** What is running from now on: told where the process ends unexpectedly, not printed. */
  void phase(String what);

  /** A line for the user. */
  void info(String line);

  /**
   * Where a long phase is: shown in place on a terminal, and now and then in a log.
   *
   * @param line what is done, how fast, and how long the rest takes
   * @param fraction the part that is done, 0..1
   */
  void step(String line, double fraction);

  /** A line the user should look at. */
  void warn(String line);
}
