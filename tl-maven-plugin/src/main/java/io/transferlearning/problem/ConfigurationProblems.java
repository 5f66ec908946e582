package io.transferlearning.problem;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What can be wrong with what users write in the POM or on the command line. */
public final class ConfigurationProblems {
  private ConfigurationProblems() {}

  /** A word that is none of the legal ones. */
  public static Problem illegal(String property, String value, List<String> legal) {
    return new Problem(
        property + " cannot be '" + value + "'. Legal: " + String.join(", ", legal),
        Suggestion.didYouMean(value, legal) + "set -D" + property + " to one of them");
  }

  /** A value that is no number, or out of its range. */
  public static Problem notInRange(String property, String value, String range) {
    return new Problem(
        property + " cannot be '" + value + "'. Legal: " + range,
        "set -D" + property + ", or its element in the POM, to such a number");
  }

  /** A part of a file's name that is none. */
  public static Problem noName(String property, String value) {
    return new Problem(
        property + " cannot be '" + value + "'. Legal: letters (a to z), digits and . _ -",
        "set -D" + property + ", or its element in the POM, to such a name");
  }

  /** A rate that is given and is to be found. */
  public static Problem givenAndSearchedRate(double rate) {
    return new Problem(
        "transfer.learningRate is "
            + rate
            + ", and transfer.findLearningRate=true looks for another",
        "leave one of the two out");
  }

  /** A property of ours that there is not. */
  public static Problem unknownProperty(String property, Collection<String> known) {
    // -Dtransfer.model is nearer to transfer.mode by its letters, but not by what it means.
    String bare = property.substring(property.lastIndexOf('.') + 1);
    String suggestion =
        (known.contains(bare) ? Optional.of(bare) : Suggestion.nearest(property, known))
            .map(name -> ", did you mean '" + name + "'?")
            .orElse("");
    return new Problem(
        "unknown property " + property + suggestion,
        "known properties: " + String.join(", ", known));
  }

  /** An element below {@code <configuration>} that no goal knows. */
  public static Problem unknownElement(String element, Collection<String> known) {
    String suggestion =
        Suggestion.nearest(element, known).map(name -> ", did you mean <" + name + ">?").orElse("");
    return new Problem(
        "unknown element <" + element + "> in the plugin's <configuration>" + suggestion,
        "known elements: " + String.join(", ", known));
  }

  /** No model has been named. */
  public static Problem noModel(List<String> known) {
    return new Problem(
        "no model is named. Known models: " + String.join(", ", known),
        "set -Dmodel=squeezenet, or <model> in the plugin's <configuration>");
  }
}
