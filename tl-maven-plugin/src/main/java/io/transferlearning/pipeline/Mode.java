package io.transferlearning.pipeline;

import io.transferlearning.problem.ConfigurationProblems;
import java.util.Arrays;
import java.util.List;

/** The two ways of transfer learning. */
public enum Mode {
  /** Trains only a new last layer on the features of a frozen trunk. */
  FEATURE_EXTRACTION("feature-extraction", "fextract"),
  /** Trains all parameters. */
  FINETUNE("finetune", "finetune");

  /** The word for training both ways and keeping the better one. */
  public static final String BOTH = "both";

  private final String text;
  private final String plot;

  Mode(String text, String plot) {
    this.text = text;
    this.plot = plot;
  }

  /** As users write it. */
  public String text() {
    return text;
  }

  /** The promised name of this way's plot for a family of networks. */
  public String plotName(String family) {
    return plot + "_plot_" + family + ".png";
  }

  /**
   * The modes a word asks for.
   *
   * @throws io.transferlearning.problem.Problem for another word
   */
  public static List<Mode> parse(String word) {
    if (word.equals(BOTH)) {
      return List.of(values());
    }
    return Arrays.stream(values())
        .filter(mode -> mode.text.equals(word))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                ConfigurationProblems.illegal(
                    "transfer.mode", word, List.of(FEATURE_EXTRACTION.text, FINETUNE.text, BOTH)));
  }
}
