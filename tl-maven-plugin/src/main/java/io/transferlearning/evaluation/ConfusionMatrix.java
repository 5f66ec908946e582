package io.transferlearning.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many images of each class were predicted as each class.
 *
 * @param classes names of the classes, in the order of rows and columns
 * @param counts a square: {@code counts.get(t).get(p)} images of true class t were predicted as p
 */
public record ConfusionMatrix(List<String> classes, List<List<Integer>> counts) {

  /**
   * Images of one class that were taken for another.
   *
   * @param actual index of the true class
   * @param predicted index of the class they were taken for
   * @param count how many, at least 1
   */
  public record Confusion(int actual, int predicted, int count) {}

  /**
   * @throws IllegalArgumentException when the counts are not a square of the classes' size
   */
  public ConfusionMatrix {
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
    int size = classes.size();
    if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException("counts are not a square of " + size + " classes");
    }
  }

  /** Counts a set of predictions. */
  public static ConfusionMatrix of(Predictions predictions) {
    int size = predictions.classes().size();
    int[][] counts = new int[size][size];
    for (Prediction image : predictions.images()) {
      counts[image.label()][image.predicted()]++;
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      List<Integer> boxed = new ArrayList<>();
      for (int count : row) {
        boxed.add(count);
      }
      rows.add(boxed);
    }
    return new ConfusionMatrix(predictions.classes(), rows);
  }

  /** How many images of a class were predicted as another, or as itself. */
  public int count(int actual, int predicted) {
    return counts.get(actual).get(predicted);
  }

  /** How many images the class really has. */
  public int support(int actual) {
    return counts.get(actual).stream().mapToInt(Integer::intValue).sum();
  }

  /** How many images were predicted as the class. */
  public int predicted(int predicted) {
    return counts.stream().mapToInt(row -> row.get(predicted)).sum();
  }

  /** How many images there are. */
  public int total() {
    int total = 0;
    for (int i = 0; i < classes.size(); i++) {
      total += support(i);
    }
    return total;
  }

  /** How many images were predicted as what they are. */
  public int correct() {
    int correct = 0;
    for (int i = 0; i < classes.size(); i++) {
      correct += count(i, i);
    }
    return correct;
  }

  /**
   * The confusions, the most frequent first; equals in the order of rows and columns.
   *
   * @param most how many at most
   */
  public List<Confusion> mostConfused(int most) {
    List<Confusion> found = new ArrayList<>();
    for (int t = 0; t < classes.size(); t++) {
      for (int p = 0; p < classes.size(); p++) {
        if (t != p && count(t, p) > 0) {
          found.add(new Confusion(t, p, count(t, p)));
        }
      }
    }
    found.sort(Comparator.comparingInt(Confusion::count).reversed());
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }
}
