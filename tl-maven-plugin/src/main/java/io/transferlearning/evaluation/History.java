package io.transferlearning.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a training went.
 *
 * @param epochs in order
 * @param bestEpoch number of the epoch whose weights were kept; 0 when there are no epochs
 */
public record History(List<Epoch> epochs, int bestEpoch) {
  private static final List<String> HEADER =
      List.of(
          "epoch",
          "train_loss",
          "validation_loss",
          "train_accuracy",
          "validation_accuracy",
          "learning_rate",
          "seconds",
          "best");

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

  /**
   * Writes one line for each epoch; accuracies are 0..1, what is undefined is {@code NaN}, and
   * {@code best} is {@code true} in one line.
   */
  public void writeCsv(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
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
              Boolean.toString(epoch.number() == bestEpoch)));
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
    if (rows.isEmpty() || !rows.get(0).equals(HEADER)) {
      throw EvaluationProblems.notHistory(
          file, "its first line is not " + String.join(",", HEADER));
    }
    List<Epoch> epochs = new ArrayList<>();
    int best = 0;
    try {
      for (List<String> row : rows.subList(1, rows.size())) {
        epochs.add(epoch(row));
        best = Boolean.parseBoolean(row.get(7)) ? epochs.get(epochs.size() - 1).number() : best;
      }
      return new History(epochs, best);
    } catch (IllegalArgumentException e) {
      throw EvaluationProblems.notHistory(file, String.valueOf(e.getMessage()));
    }
  }

  private static Epoch epoch(List<String> row) {
    if (row.size() != HEADER.size()) {
      throw new IllegalArgumentException(row.size() + " cells instead of " + HEADER.size());
    }
    return new Epoch(
        Integer.parseInt(row.get(0)),
        Double.parseDouble(row.get(1)),
        Double.parseDouble(row.get(2)),
        Double.parseDouble(row.get(3)),
        Double.parseDouble(row.get(4)),
        Double.parseDouble(row.get(5)),
        Double.parseDouble(row.get(6)));
  }
}
