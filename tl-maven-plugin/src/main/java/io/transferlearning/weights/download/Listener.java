package io.transferlearning.weights.download;

/** Hears how a download goes, for the user's console. */
public interface Listener {
  /** A line for the user. */
  void info(String line);

  /**
   * Where the download is.
   *
   * @param line bytes so far, how fast, and how long the rest takes
   * @param fraction the part that is done, 0..1; 0 where the size is not known
   */
  void step(String line, double fraction);
}
