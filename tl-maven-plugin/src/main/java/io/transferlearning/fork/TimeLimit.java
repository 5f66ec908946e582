package io.transferlearning.fork;

import io.transferlearning.pipeline.Turn;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the trainer may take. It starts anew when a wait for another training ends: how long
 * that one took says nothing about this one.
 */
final class TimeLimit {
  private final Duration limit;
  private final LongSupplier clock;
  private long start;

  /**
   * Starts now.
   *
   * @param limit zero for none
   * @param clock in nanoseconds
   */
  TimeLimit(Duration limit, LongSupplier clock) {
    this.limit = limit;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  /**
   * Whether the time is over; to be asked all the while.
   *
   * @param phase what is running
   */
  boolean isOver(String phase) {
    long now = clock.getAsLong();
    if (phase.equals(Turn.WAITING)) {
      start = now;
    }
    return !limit.isZero() && Duration.ofNanos(now - start).compareTo(limit) > 0;
  }
}
