package io.transferlearning.pipeline;

/** Hears what a pipeline does, for the user's console. */
public interface Progress {
  /** What is running from now on: told where the process ends unexpectedly, not printed. */
  void phase(String what);

  /** A line for the user. */
  void info(String line);

  /** A line the user should look at. */
  void warn(String line);
}
