package io.transferlearning.maven;

import org.jspecify.annotations.Nullable;

/**
 * The network that others trained: {@code <backbone>WEIGHTS</backbone>}, or an element for each of
 * these.
 */
public class BackboneParameters {
  @Nullable String weights;
  @Nullable String sha256;
  @Nullable String zoo;
  @Nullable String imageSize;
  @Nullable String precision;

  /** What Maven calls for {@code <backbone>WEIGHTS</backbone>}. */
  public void set(String text) {
    weights = text;
  }
}
