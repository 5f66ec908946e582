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

  /** A layer to freeze up to that the network does not have. */
  public static Problem unknownLayer(String network, String name, List<String> known) {
    return new Problem(
        network
            + " has no layer '"
            + name
            + "'. Stages that can be frozen, in order: "
            + String.join(", ", known),
        Suggestion.didYouMean(name, known)
            + "set -Dtransfer.freezeUpTo to one of them, or to a module inside one");
  }

  /** Freezing that leaves nothing to train. */
  public static Problem frozenHead(String network, String name, List<String> known) {
    return new Problem(
        "freezing " + network + " up to '" + name + "' leaves nothing to train",
        "set -Dtransfer.freezeUpTo to an earlier stage ("
            + String.join(", ", known)
            + "), or train the head alone: -Dtransfer.mode=feature-extraction");
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
