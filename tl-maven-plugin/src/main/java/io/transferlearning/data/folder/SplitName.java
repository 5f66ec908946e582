package io.transferlearning.data.folder;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The splits of a dataset, told by the usual spellings of their folders' names. */
enum SplitName {
  TRAIN(" train training trn "),
  VALIDATION(" val valid validation validate dev eval evaluation "),
  TEST(" test testing tst holdout ");

  private static final Pattern SEPARATOR = Pattern.compile("[ _.-]+");

  /** Words that say no more than the folder itself. */
  private static final Set<String> FILLERS =
      Set.of("seg", "set", "data", "dataset", "images", "imgs", "split", "dir");

  private final String spellings;

  SplitName(String spellings) {
    this.spellings = spellings;
  }

  /** As it is called in messages. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The split that a folder's name stands for: {@code train}, {@code Training}, {@code seg_train},
   * {@code test-images} or {@code Validation Set}; empty for any other name.
   */
  static Optional<SplitName> of(String folder) {
    String found = null;
    for (String word : SEPARATOR.split(folder.toLowerCase(Locale.ROOT))) {
      if (!FILLERS.contains(word)) {
        if (found != null) {
          return Optional.empty();
        }
        found = word;
      }
    }
    for (SplitName split : values()) {
      if (found != null && split.spellings.contains(" " + found + " ")) {
        return Optional.of(split);
      }
    }
    return Optional.empty();
  }
}
