package io.transferlearning.problem;

import java.util.List;

/** What can be wrong with the network a user asks for. */
public final class NetworkProblems {
  private NetworkProblems() {}

  /** A model name that nobody knows. */
  public static Problem unknownModel(String name, List<String> known) {
    return new Problem(
        "unknown model '" + name + "'. Known models: " + String.join(", ", known),
        Suggestion.didYouMean(name, known) + "set -Dmodel or <model> to one of the known names");
  }

  /** An image so small that nothing is left of it. */
  public static Problem imageTooSmall(String network, int height, int width, String node) {
    return new Problem(
        network
            + " cannot take images of "
            + height
            + "x"
            + width
            + ": nothing is left of them at "
            + node,
        "set -Dtransfer.imageSize or <imageSize> higher; 224 is what the published weights were trained at");
  }
}
