package io.transferlearning.maven;

import org.jspecify.annotations.Nullable;

/**
 * What computes, and in which JVM: {@code <engine>DEVICE</engine>}, or an element for each of
 * these.
 */
public class EngineParameters {
  @Nullable String device;
  @Nullable String threads;
  @Nullable String jvmArguments;
  @Nullable String timeoutMinutes;
  @Nullable String libtorch;

  /** What Maven calls for {@code <engine>DEVICE</engine>}. */
  public void set(String text) {
    device = text;
  }
}
