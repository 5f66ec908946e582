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

  /**
   * Optimal string alignment distance: insertions, deletions, substitutions and swaps of
   * neighbours, each of cost one (Damerau 1964).
   */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 ? j : j == 0 ? i : step(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int i, int j) {
    int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(d[i - 1][j - 1] + changed, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
