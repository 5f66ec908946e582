package io.transferlearning.weights.source;

import io.transferlearning.problem.SourceProblems;

/**
 * A model of a zoo of DJL.
 *
 * @param group such as {@code ai.djl.pytorch}
 * @param artifact such as {@code resnet18_embedding}
 * @param version empty for the newest
 * @param name of one of several files below the artifact; empty where there is one
 */
public record ZooModel(String group, String artifact, String version, String name) {
  /** What the user writes before them. */
  public static final String SCHEME = "djl://";

  private static final String PART = "[A-Za-z0-9_.-]+";

  /**
   * Understands {@code djl://group/artifact[/version[/name]]}, DJL's own form.
   *
   * @throws io.transferlearning.problem.Problem if it is something else
   */
  static ZooModel parse(String text) {
    String[] parts = text.substring(SCHEME.length()).split("/", -1);
    for (String part : parts) {
      if (!part.matches(PART) || part.matches("\\.+")) {
        throw SourceProblems.badZooModel(text);
      }
    }
    if (parts.length < 2 || parts.length > 4) {
      throw SourceProblems.badZooModel(text);
    }
    return new ZooModel(
        parts[0], parts[1], parts.length > 2 ? parts[2] : "", parts.length > 3 ? parts[3] : "");
  }

  /** As the user writes it. */
  public String text() {
    String rest = version.isEmpty() ? "" : "/" + version + (name.isEmpty() ? "" : "/" + name);
    return SCHEME + group + "/" + artifact + rest;
  }
}
