package io.transferlearning.weights.source;

import io.transferlearning.problem.SourceProblems;
import java.util.regex.Pattern;

/**
 * An artifact of a Maven repository.
 *
 * @param classifier empty for none
 */
public record MavenCoordinates(
    String group, String artifact, String version, String type, String classifier) {
  /** What the user writes before them. */
  public static final String SCHEME = "mvn:";

  /** As Maven's own validator has it for names; versions may hold a little more. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_.+-]+");

  /** What {@code transfer:train} attaches to a project. */
  private static final String MODEL_TYPE = "zip";

  private static final String MODEL_CLASSIFIER = "model";

  /**
   * Understands {@code mvn:group:artifact:version[:type[:classifier]]}. Without a type and a
   * classifier it is the model that another project's {@code transfer:train} attached.
   *
   * @throws io.transferlearning.problem.Problem if it is something else
   */
  static MavenCoordinates parse(String text) {
    String[] parts = text.substring(SCHEME.length()).split(":", -1);
    if (parts.length < 3 || parts.length > 5) {
      throw SourceProblems.badCoordinates(
          text, "it has " + parts.length + (parts.length == 1 ? " part" : " parts"));
    }
    for (int i = 0; i < parts.length; i++) {
      if (!(i == 2 ? VERSION : NAME).matcher(parts[i]).matches()) {
        throw SourceProblems.badCoordinates(text, "'" + parts[i] + "' is none of them");
      }
    }
    return new MavenCoordinates(
        parts[0],
        parts[1],
        parts[2],
        parts.length > 3 ? parts[3] : MODEL_TYPE,
        parts.length > 4 ? parts[4] : parts.length > 3 ? "" : MODEL_CLASSIFIER);
  }

  /** As the user writes them, everything said. */
  public String text() {
    String rest = classifier.isEmpty() ? "" : ":" + classifier;
    return SCHEME + group + ":" + artifact + ":" + version + ":" + type + rest;
  }
}
