package io.transferlearning.maven;

import io.transferlearning.pipeline.Progress;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;

/**
 * Lines for the user, in Maven's log. Where a phase is goes to the terminal, where there is one; a
 * log that nobody watches gets a line of it when nothing else has been said for a while.
 */
final class MavenConsole implements Progress {
  private static final long SILENCE_NANOS = 30_000_000_000L;

  private final Log log;
  private final TerminalLine terminal;
  private final LongSupplier clock;
  private long lastLine;

  MavenConsole(Log log, TerminalLine terminal, LongSupplier clock) {
    this.log = log;
    this.terminal = terminal;
    this.clock = clock;
    this.lastLine = clock.getAsLong();
  }

  @Override
  public void phase(String what) {
    log.debug(what);
  }

  @Override
  public void step(String line, double fraction) {
    if (terminal.isLive()) {
      terminal.show(line, fraction);
    } else if (clock.getAsLong() - lastLine >= SILENCE_NANOS) {
      info(line);
    }
  }

  @Override
  public void info(String line) {
    spoken();
    log.info(line);
  }

  @Override
  public void warn(String line) {
    spoken();
    log.warn(line);
  }

  /** Takes the live line away, so that what follows stands alone. */
  void clear() {
    terminal.clear();
  }

  private void spoken() {
    terminal.clear();
    lastLine = clock.getAsLong();
  }
}
