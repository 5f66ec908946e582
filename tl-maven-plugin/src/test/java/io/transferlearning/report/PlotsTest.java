package io.transferlearning.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.Metrics;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {
  private static BufferedImage picture(byte[] png) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static int count(BufferedImage image, int left, int right, Color color) {
    int found = 0;
    for (int x = left; x < right; x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        found += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return found;
  }

  @Test
  void bothPanelsShowBothCurvesInTheirColours() throws Exception {
    BufferedImage image = picture(TrainingPlot.png("resnet18", Samples.history(20)));
    assertThat(image.getWidth()).isEqualTo(1600);
    assertThat(image.getHeight()).isEqualTo(700);
    for (Color color : List.of(Style.TRAIN, Style.VALIDATION)) {
      assertThat(count(image, 0, 800, color)).isGreaterThan(1000);
      assertThat(count(image, 800, 1600, color)).isGreaterThan(1000);
    }
  }

  @Test
  void theSameHistoryIsTheSamePicture() throws Exception {
    assertThat(TrainingPlot.png("resnet18", Samples.history(100)))
        .isEqualTo(TrainingPlot.png("resnet18", Samples.history(100)));
  }

  @Test
  void accuracyIsDrawnInPercentAndLossAsItIs() {
    History history = new History(List.of(new Epoch(1, 1.5, 1.25, 0.5, 0.625, 1e-3, 4.5)), 1);
    CurvePanel accuracy = TrainingPlot.accuracy(history);
    assertThat(accuracy.curves().getYValue(0, 0)).isEqualTo(50);
    assertThat(accuracy.curves().getYValue(1, 0)).isEqualTo(62.5);
    assertThat(accuracy.best().getSeriesKey(0).toString()).isEqualTo("best: epoch 1, 62.5 %");
    CurvePanel loss = TrainingPlot.loss(history);
    assertThat(loss.curves().getYValue(0, 0)).isEqualTo(1.5);
    assertThat(loss.best().getSeriesKey(0).toString()).isEqualTo("best: epoch 1, 1.250");
  }

  @Test
  void accuracyIsNeverShownBeyondAHundredPercent() {
    History history =
        new History(
            List.of(new Epoch(1, 1, 1, 0.97, 0.98, 1e-3, 1), new Epoch(2, 1, 1, 1, 1, 1e-3, 1)), 2);
    AxisRange range = TrainingPlot.accuracy(history).range();
    assertThat(range.high()).isEqualTo(100);
    assertThat(range.low()).isBetween(96.0, 97.0);
  }

  @Test
  void markersAreWholeWhereACurveRunsAlongTheEndOfItsAxis() throws Exception {
    // Rows of pixels at the edges differ by how the curve lies on them.
    Percentage edges = withPercentage(6);
    int whole = validationPixels(flat(0.5));
    assertThat(validationPixels(flat(1))).isCloseTo(whole, edges);
    assertThat(validationPixels(flat(0))).isCloseTo(whole, edges);
  }

  private static History flat(double accuracy) {
    return new History(
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> new Epoch(i, 1, 1, Double.NaN, accuracy, 1e-3, 1))
            .toList(),
        3);
  }

  private static int validationPixels(History history) throws Exception {
    return count(picture(TrainingPlot.png("flat", history)), 0, 800, Style.VALIDATION);
  }

  @Test
  void aLossThatDivergesLeavesAGapAndTheAxisAlone() {
    History history =
        new History(
            List.of(
                new Epoch(1, 1.0, 0.8, 0.5, 0.5, 1e-3, 1),
                new Epoch(2, Double.NaN, Double.POSITIVE_INFINITY, 0.1, 0.1, 1e-3, 1)),
            2);
    CurvePanel loss = TrainingPlot.loss(history);
    assertThat(loss.curves().getYValue(0, 1)).isNaN();
    assertThat(loss.curves().getYValue(1, 1)).isNaN();
    assertThat(loss.best().getSeriesCount()).isZero();
    assertThat(loss.range().high()).isBetween(1.0, 1.1);
  }

  @Test
  void aHistoryWithoutEpochsIsAnEmptyPicture() throws Exception {
    assertThat(TrainingPlot.accuracy(new History(List.of(), 0)).range())
        .isEqualTo(new AxisRange(0, 100, 20));
    assertThat(picture(TrainingPlot.png("none", new History(List.of(), 0))).getWidth())
        .isEqualTo(1600);
  }

  @Test
  void aConfusionMatrixIsBlueOnItsDiagonalAndGrowsWithItsClasses() throws Exception {
    BufferedImage small =
        picture(
            ConfusionPlot.png(
                "t", Metrics.of(Samples.predictions(Samples.classes(3), 1000)).confusion()));
    BufferedImage large =
        picture(
            ConfusionPlot.png(
                "t", Metrics.of(Samples.predictions(Samples.classes(20), 20)).confusion()));
    assertThat(large.getHeight()).isGreaterThan(small.getHeight());
    // The corner of the first cell of the diagonal, just inside its frame.
    int edge = small.getWidth() - 2 * 24 - 3 * 96;
    Color corner = new Color(small.getRGB(edge + 5, 72 + 5));
    assertThat(corner.getBlue()).isGreaterThan(corner.getRed() + 100);
  }

  /** Started by {@link #withoutFontsThereIsAProblemThatSaysWhatToInstall}. */
  static final class LooksForFonts {
    private LooksForFonts() {}

    public static void main(String[] arguments) {
      Fonts.require();
    }
  }

  @Test
  void withoutFontsThereIsAProblemThatSaysWhatToInstall(@TempDir Path folder) throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "fonts come from fontconfig on Linux only");
    Path configuration = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig/>");
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + folder,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            LooksForFonts.class.getName());
    builder.environment().put("FONTCONFIG_FILE", configuration.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output)
        .content()
        .contains("Plots can not be drawn: this Java finds no fonts (")
        .contains("  -> install some, such as 'apt-get install fontconfig fonts-dejavu-core'");
  }
}
