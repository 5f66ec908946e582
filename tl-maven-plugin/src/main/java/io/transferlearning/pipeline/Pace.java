package io.transferlearning.pipeline;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How fast something goes, and how long the rest of it takes at that. */
final class Pace {
  private final LongSupplier clock;
  private final long start;

  /** Starts now, by a clock in nanoseconds. */
  Pace(LongSupplier clock) {
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  double seconds() {
    return (clock.getAsLong() - start) / 1e9;
  }

  /** How many a second so far. */
  double rate(double done) {
    return done / Math.max(seconds(), 1e-9);
  }

  /** Such as {@code 0:21}, {@code 12:05} or {@code 1:02:03}: what {@code rest} more will take. */
  String timeFor(double rest, double done) {
    return done > 0 ? text(Duration.ofSeconds(Math.round(rest / rate(done)))) : "?";
  }

  private static String text(Duration time) {
    return time.toHours() > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }
}
