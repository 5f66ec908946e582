package io.transferlearning.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the legal name that a mistyped one was probably meant to be. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The legal name nearest to {@code typed} by edit distance, ignoring case; empty when nothing is
   * nearer than half of the typed name's length (at least two edits are always allowed).
   */
  public static Optional<String> nearest(String typed, Collection<String> legal) {
    String best = null;
    int bestDistance = Math.max(2, typed.length() / 2) + 1;
    for (String candidate : legal) {
      int distance = distance(typed.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code "did you mean 'x'? "} for the nearest legal name, or nothing. */
  public static String didYouMean(String typed, Collection<String> legal) {
    return nearest(typed, legal).map(name -> "did you mean '" + name + "'? ").orElse("");
  }

  /** Levenshtein's distance: insertions, deletions and substitutions, each of cost one. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
