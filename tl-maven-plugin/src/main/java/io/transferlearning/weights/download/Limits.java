package io.transferlearning.weights.download;

import java.time.Duration;

/**
 * When a download is given up.
 *
 * @param connect longest time to reach the other machine
 * @param silence longest time without a byte, or before the answer begins
 * @param mostBytes of a file
 * @param attempts how often in a row it may break off without a byte gained
 * @param pause before the second attempt; doubled before each further one
 */
record Limits(Duration connect, Duration silence, long mostBytes, int attempts, Duration pause) {
  /** The largest of the published files, vgg19_bn, has 548 MB. */
  static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(30), Duration.ofSeconds(60), 4L << 30, 5, Duration.ofSeconds(1));
}
