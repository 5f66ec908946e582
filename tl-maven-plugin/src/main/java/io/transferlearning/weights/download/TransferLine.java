package io.transferlearning.weights.download;

import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells how a download goes: {@code m.pth 12.3/44.7 MB 8.1 MB/s 0:04 left}. */
final class TransferLine {
  private static final long EVERY_NANOS = 250_000_000;
  private static final double MEGA = 1e6;

  private final String name;
  private final Listener listener;
  private final LongSupplier clock;
  private final long start;
  private final long before;
  private final long total;
  private long told;

  /**
   * @param name of the file
   * @param before bytes that were there already
   * @param total of the file, or {@link PartialFile#UNKNOWN}
   * @param clock in nanoseconds
   */
  TransferLine(String name, long before, long total, Listener listener, LongSupplier clock) {
    this.name = name;
    this.before = before;
    this.total = total;
    this.listener = listener;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.told = start;
  }

  /** So many bytes of the file are there now. */
  void at(long bytes) {
    long now = clock.getAsLong();
    if (now - told < EVERY_NANOS) {
      return;
    }
    told = now;
    double rate = (bytes - before) / ((now - start) / 1e9);
    if (total == PartialFile.UNKNOWN) {
      listener.step(
          String.format(Locale.ROOT, "%s  %.1f MB  %.1f MB/s", name, bytes / MEGA, rate / MEGA), 0);
      return;
    }
    long left = Math.round((total - bytes) / Math.max(rate, 1));
    listener.step(
        String.format(
            Locale.ROOT,
            "%s  %.1f/%.1f MB  %.1f MB/s  %d:%02d left",
            name,
            bytes / MEGA,
            total / MEGA,
            rate / MEGA,
            left / 60,
            left % 60),
        (double) bytes / total);
  }

  /** Such as {@code 44.7 MB}. */
  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
  }
}
