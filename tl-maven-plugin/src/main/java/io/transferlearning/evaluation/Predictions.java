package io.transferlearning.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a network said about every image of a set.
 *
 * @param classes names of the classes; an index into it is a label
 * @param images one prediction for each image, in the set's order
 */
public record Predictions(List<String> classes, List<Prediction> images) {
  private static final List<String> LEADING =
      List.of("image", "label", "predicted", "correct", "confidence");
  private static final String PROBABILITY = "p_";

  /**
   * @throws IllegalArgumentException when a prediction has another number of classes
   */
  public Predictions {
    classes = List.copyOf(classes);
    images = List.copyOf(images);
    for (Prediction image : images) {
      if (image.probabilities().size() != classes.size()) {
        throw new IllegalArgumentException(
            image.image()
                + ": "
                + image.probabilities().size()
                + " probabilities for "
                + classes.size()
                + " classes");
      }
    }
  }

  /**
   * The wrong predictions, the most confident first; equals stay in the set's order.
   *
   * @param most how many at most
   */
  public List<Prediction> worstMistakes(int most) {
    return images.stream()
        .filter(image -> !image.correct())
        .sorted(Comparator.comparing(Prediction::confidence).reversed())
        .limit(most)
        .toList();
  }

  /**
   * Writes one line for each image: {@code image,label,predicted,correct,confidence}, then {@code
   * p_CLASS} for each class. Labels are written as names; numbers are read back to the same float.
   */
  public void writeCsv(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(LEADING);
    classes.forEach(name -> header.add(PROBABILITY + name));
    rows.add(header);
    for (Prediction image : images) {
      rows.add(row(image));
    }
    WholeFile.write(file, Csv.format(rows));
  }

  private List<String> row(Prediction image) {
    List<String> row = new ArrayList<>();
    row.add(image.image());
    row.add(classes.get(image.label()));
    row.add(classes.get(image.predicted()));
    row.add(Boolean.toString(image.correct()));
    row.add(Float.toString(image.confidence()));
    image.probabilities().forEach(probability -> row.add(Float.toString(probability)));
    return row;
  }

  /**
   * Reads what {@link #writeCsv} wrote. The columns that follow from the probabilities are not
   * looked at.
   *
   * @throws io.transferlearning.problem.Problem when the file has another shape
   */
  public static Predictions readCsv(Path file) throws IOException {
    List<List<String>> rows = Csv.parse(Files.readString(file));
    if (rows.isEmpty() || !startsAsWritten(rows.get(0))) {
      throw EvaluationProblems.notPredictions(
          file, "its first line is not " + String.join(",", LEADING) + ",p_...");
    }
    List<String> header = rows.get(0);
    List<String> classes =
        header.subList(LEADING.size(), header.size()).stream()
            .map(name -> name.substring(PROBABILITY.length()))
            .toList();
    List<Prediction> images = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      try {
        images.add(prediction(rows.get(i), classes));
      } catch (IllegalArgumentException e) {
        throw EvaluationProblems.notPredictions(file, "record " + i + ": " + e.getMessage());
      }
    }
    return new Predictions(classes, images);
  }

  private static boolean startsAsWritten(List<String> header) {
    return header.size() > LEADING.size()
        && header.subList(0, LEADING.size()).equals(LEADING)
        && header.stream().skip(LEADING.size()).allMatch(name -> name.startsWith(PROBABILITY));
  }

  private static Prediction prediction(List<String> row, List<String> classes) {
    if (row.size() != LEADING.size() + classes.size()) {
      throw new IllegalArgumentException(
          row.size() + " cells instead of " + (LEADING.size() + classes.size()));
    }
    int label = classes.indexOf(row.get(1));
    if (label < 0) {
      throw new IllegalArgumentException("no class is named '" + row.get(1) + "'");
    }
    List<Float> probabilities =
        row.subList(LEADING.size(), row.size()).stream().map(Float::valueOf).toList();
    return new Prediction(row.get(0), label, probabilities);
  }
}
