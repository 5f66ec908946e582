package io.transferlearning.data.audit;

import java.util.List;

/**
 * All that an audit found of one kind.
 *
 * @param kind what it is
 * @param action what becomes of it; never {@link Action#IGNORE}
 * @param count how often it was found, at least 1
 * @param summary one line that says what and how often
 * @param examples the first {@link #MOST_EXAMPLES}, in the order of the dataset
 * @param unscorable how many of them are test images that can not be decoded: no setting lets these
 *     pass
 */
public record Finding(
    Kind kind, Action action, int count, String summary, List<Example> examples, int unscorable) {
  /** How many examples are kept: a set of a million files could have a million. */
  public static final int MOST_EXAMPLES = 10_000;

  /** Keeps a copy of the list. */
  public Finding {
    examples = List.copyOf(examples);
  }

  /** Nothing that could not be let pass. */
  public Finding(Kind kind, Action action, int count, String summary, List<Example> examples) {
    this(kind, action, count, summary, examples, 0);
  }

  /** The summary with a few examples, on one line. */
  public String line(int most) {
    StringBuilder line = new StringBuilder(summary);
    List<String> shown = examples.stream().limit(most).map(Example::text).toList();
    line.append(": ").append(String.join("; ", shown));
    if (count > shown.size()) {
      line.append("; and ").append(count - shown.size()).append(" more");
    }
    return line.toString();
  }
}
