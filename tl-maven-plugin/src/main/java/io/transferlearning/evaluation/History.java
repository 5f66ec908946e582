package io.transferlearning.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a training went.
 *
 * @param epochs in order
 * @param bestEpoch number of the epoch whose weights were kept; 0 when there are no epochs
 * @param pass what an epoch is
 */
public record History(List<Epoch> epochs, int bestEpoch, Pass pass) {
  /** What is measured after. */
  public enum Pass {
    /** Every training image was seen once, a batch at a time. */
    EPOCH("epoch", "Epoch"),
    /** The solver of a convex problem took a step, for which it saw all images at once. */
    ITERATION("iteration", "Iteration of L-BFGS, under ever weaker L2 penalties");

    private final String text;
    private final String label;

    Pass(String text, String label) {
      this.text = text;
      this.label = label;
    }

    /** One word, as in "best epoch". */
    public String text() {
      return text;
    }

    /** For the axis of a plot. */
    public String label() {
      return label;
    }
  }

  private static final List<String> MEASURES =
      List.of(
          "train_loss",
          "validation_loss",
          "train_accuracy",
          "validation_accuracy",
          "learning_rate",
          "seconds",
          "best",
          "waited");

  /**
   * @throws IllegalArgumentException when the best epoch is none of the epochs
   */
  public History {
    epochs = List.copyOf(epochs);
    int wanted = bestEpoch;
    if (epochs.isEmpty()
        ? wanted != 0
        : epochs.stream().noneMatch(epoch -> epoch.number() == wanted)) {
      throw new IllegalArgumentException(
          "best epoch " + bestEpoch + " is none of " + epochs.size() + " epochs");
    }
  }

  /** A training in epochs. */
  public History(List<Epoch> epochs, int bestEpoch) {
    this(epochs, bestEpoch, Pass.EPOCH);
  }

  private static List<String> header(Pass pass) {
    return Stream.concat(Stream.of(pass.text()), MEASURES.stream()).toList();
  }

  /**
   * Writes one line for each epoch; accuracies are 0..1, what is undefined is {@code NaN}, and
   * {@code best} is {@code true} in one line.
   */
  public void writeCsv(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(header(pass));
    for (Epoch epoch : epochs) {
      rows.add(
          List.of(
              Integer.toString(epoch.number()),
              Double.toString(epoch.trainLoss()),
              Double.toString(epoch.validationLoss()),
              Double.toString(epoch.trainAccuracy()),
              Double.toString(epoch.validationAccuracy()),
              Double.toString(epoch.learningRate()),
              Double.toString(epoch.seconds()),
              Boolean.toString(epoch.number() == bestEpoch),
              Double.toString(epoch.waited())));
    }
    WholeFile.write(file, Csv.format(rows));
  }

  /**
   * Reads what {@link #writeCsv} wrote.
   *
   * @throws io.transferlearning.problem.Problem when the file has another shape
   */
  public static History readCsv(Path file) throws IOException {
    List<List<String>> rows = Csv.parse(Files.readString(file));
    Pass pass =
        Arrays.stream(Pass.values())
            .filter(one -> !rows.isEmpty() && rows.get(0).equals(header(one)))
            .findFirst()
            .orElseThrow(
                () ->
                    EvaluationProblems.notHistory(
                        file, "its first line is not " + String.join(",", header(Pass.EPOCH))));
    List<Epoch> epochs = new ArrayList<>();
    int best = 0;
    try {
      for (List<String> row : rows.subList(1, rows.size())) {
        epochs.add(epoch(row));
        best = Boolean.parseBoolean(row.get(7)) ? epochs.get(epochs.size() - 1).number() : best;
      }
      return new History(epochs, best, pass);
    } catch (IllegalArgumentException e) {
      throw EvaluationProblems.notHistory(file, String.valueOf(e.getMessage()));
    }
  }

  private static Epoch epoch(List<String> row) {
    if (row.size() != MEASURES.size() + 1) {
      throw new IllegalArgumentException(row.size() + " cells instead of " + (MEASURES.size() + 1));
    }
    return new Epoch(
        Integer.parseInt(row.get(0)),
        Double.parseDouble(row.get(1)),
        Double.parseDouble(row.get(2)),
        Double.parseDouble(row.get(3)),
        Double.parseDouble(row.get(4)),
        Double.parseDouble(row.get(5)),
        Double.parseDouble(row.get(6)),
        Double.parseDouble(row.get(8)));
  }
}
