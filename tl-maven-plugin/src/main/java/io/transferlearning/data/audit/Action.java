package io.transferlearning.data.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a finding. */
public enum Action {
  /** Nothing is said. */
  IGNORE,
  /** A line is printed. */
  WARN,
  /** The build fails. */
  FAIL;

  /** As users write it: {@code ignore}, {@code warn} or {@code fail}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The action that users write so, in small or capital letters. */
  public static Optional<Action> of(String text) {
    return Arrays.stream(values())
        .filter(action -> action.text().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** What users may write. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(Action::text).toList();
  }
}
