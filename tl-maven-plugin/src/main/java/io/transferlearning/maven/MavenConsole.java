package io.transferlearning.maven;

import io.transferlearning.pipeline.Progress;
import org.apache.maven.plugin.logging.Log;

/** Lines for the user, in Maven's log. */
record MavenConsole(Log log) implements Progress {
  @Override
  public void phase(String what) {
    log.debug(what);
  }

  @Override
  public void info(String line) {
    log.info(line);
  }

  @Override
  public void warn(String line) {
    log.warn(line);
  }
}
