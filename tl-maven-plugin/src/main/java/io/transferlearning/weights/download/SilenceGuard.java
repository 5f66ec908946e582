package io.transferlearning.weights.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends a stream from which nothing comes: Java's HTTP client would wait for ever. */
final class SilenceGuard implements AutoCloseable {
  private final InputStream stream;
  private final long nanos;
  private final Thread watcher;
  private volatile long last = System.nanoTime();
  private volatile boolean ended;

  SilenceGuard(InputStream stream, Duration longest) {
    this.stream = stream;
    this.nanos = longest.toNanos();
    this.watcher = new Thread(this::watch, "silence of a download");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Something came. */
  void heard() {
    last = System.nanoTime();
  }

  /** Whether the stream was ended for its silence. */
  boolean hasEnded() {
    return ended;
  }

  private void watch() {
    try {
      for (long rest = nanos; rest > 0; rest = last + nanos - System.nanoTime()) {
        Thread.sleep(rest / 1_000_000 + 1);
      }
      ended = true;
      stream.close();
    } catch (InterruptedException | IOException e) {
      // The download is over, one way or the other.
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
