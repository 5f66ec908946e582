package io.transferlearning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesOfResultsTest {
  @Test
  void predictionsComeBackToTheSameFloatWhateverTheirNames(@TempDir Path folder) throws Exception {
    Predictions predictions =
        new Predictions(
            List.of("a, \"b\"", "line\nbreak"),
            List.of(
                Prediction.of("x,1.jpg", 1, new float[] {1 / 3f, 2 / 3f}),
                Prediction.of("\"y\".jpg", 0, new float[] {1.17549435E-38f, 1})));
    Path file = folder.resolve("predictions.csv");
    predictions.writeCsv(file);
    assertThat(Predictions.readCsv(file)).isEqualTo(predictions);
  }

  @Test
  void predictionsAreWrittenWithNamesAndWhetherTheyAreCorrect(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("predictions.csv");
    new Predictions(
            List.of("sea", "ice, old"),
            List.of(Prediction.of("sea/1.jpg", 0, new float[] {0.25f, 0.75f})))
        .writeCsv(file);
    assertThat(file)
        .hasContent(
            """
            image,label,predicted,correct,confidence,p_sea,"p_ice, old"
            sea/1.jpg,sea,"ice, old",false,0.75,0.25,0.75
            """);
  }

  @Test
  void anUnknownLabelInAFileOfPredictionsIsNamed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("predictions.csv");
    Files.writeString(
        file, "image,label,predicted,correct,confidence,p_sea\r\n1.jpg,see,sea,true,1.0,1.0\r\n");
    assertThatThrownBy(() -> Predictions.readCsv(file))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.what())
                    .isEqualTo(
                        "'" + file + "' holds no predictions: record 1: no class is named 'see'."));
  }

  @Test
  void aProbabilityThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> Prediction.of("1.jpg", 0, new float[] {Float.NaN, 1}))
        .hasMessage("1.jpg: probability NaN is not a number from 0 to 1");
  }

  @Test
  void historiesComeBackWithTheirGaps(@TempDir Path folder) throws Exception {
    History history =
        new History(
            List.of(
                new Epoch(1, 1.5, 1.25, 0.5, 0.625, 1e-3, 4.5, 0.125),
                new Epoch(2, Double.NaN, Double.POSITIVE_INFINITY, 0.1, 0.2, 5e-4, 4.25)),
            1);
    Path file = folder.resolve("history.csv");
    history.writeCsv(file);
    assertThat(History.readCsv(file)).isEqualTo(history);
    assertThat(Files.readAllLines(file).get(1))
        .isEqualTo("1,1.5,1.25,0.5,0.625,0.001,4.5,true,0.125");
  }

  @Test
  void aHistoryOfIterationsStaysOne(@TempDir Path folder) throws Exception {
    History history =
        new History(
            List.of(new Epoch(1, 1.5, 1.25, 0.5, 0.625, Double.NaN, 4.5)),
            1,
            History.Pass.ITERATION);
    Path file = folder.resolve("history.csv");
    history.writeCsv(file);
    assertThat(History.readCsv(file)).isEqualTo(history);
    assertThat(Files.readAllLines(file).get(0)).startsWith("iteration,train_loss,");
  }

  @Test
  void metricsComeBackBitForBitAndTheSameMetricsAreTheSameBytes(@TempDir Path folder)
      throws Exception {
    Metrics metrics = Metrics.of(MetricsTest.reference());
    Path file = folder.resolve("metrics.json");
    MetricsFile.write(file, metrics);
    byte[] first = Files.readAllBytes(file);
    assertThat(MetricsFile.read(file)).isEqualTo(metrics);
    MetricsFile.write(file, MetricsFile.read(file));
    assertThat(file).hasBinaryContent(first);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatIsUndefinedIsNullInTheFileAndNotANumberInMemory(@TempDir Path folder) throws Exception {
    Metrics metrics = Metrics.of(new Predictions(List.of("a", "b"), List.of()));
    Path file = folder.resolve("metrics.json");
    MetricsFile.write(file, metrics);
    assertThat(file).content().contains("\"accuracy\": null").contains("\"top5Accuracy\": null");
    assertThat(MetricsFile.read(file)).isEqualTo(metrics);
  }

  @Test
  void anotherSchemaIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("metrics.json"), "{\"schema\": 2}");
    assertThatThrownBy(() -> MetricsFile.read(file))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "'"
                + file
                + "' has schema 2; this version of the plugin reads schema 1."
                + System.lineSeparator()
                + "  -> use the plugin's version that wrote the file, or run transfer:verify to"
                + " write it again.");
  }

  @Test
  void aMissingKeyIsNamedAndBrokenTextIsAProblem(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("metrics.json"), "{\"schema\": 1}");
    assertThatThrownBy(() -> MetricsFile.read(file))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("holds no metrics: key \"classes\" is missing.");
    for (String broken : List.of("", "{", "[]", "{\"schema\": 1, \"classes\": 3}")) {
      Files.writeString(file, broken);
      assertThatThrownBy(() -> MetricsFile.read(file)).isInstanceOf(Problem.class);
    }
  }

  @Test
  void numbersAreSpelledAsShortAsTheyCanBeReadBack() {
    assertThat(MetricsFile.decimal(0.1).toPlainString()).isEqualTo("0.1");
    assertThat(MetricsFile.decimal(2e-3).toPlainString()).isEqualTo("0.002");
    assertThat(MetricsFile.decimal(0.1 + 0.2).toPlainString()).isEqualTo("0.30000000000000004");
    assertThat(MetricsFile.decimal(20).toPlainString()).isEqualTo("20");
  }
}
