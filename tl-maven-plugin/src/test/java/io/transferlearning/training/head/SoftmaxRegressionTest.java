package io.transferlearning.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.training.solver.Lbfgs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftmaxRegressionTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String SCRIPT = "src/test/python/softmax_optimum.py";

  private final TorchModule code;
  private final SoftmaxRegression all;

  SoftmaxRegressionTest(@TempDir Path folder) throws IOException {
    this.code = SoftmaxRegression.code(Processor.start("cpu", 2, 1), folder);
    this.all = SoftmaxRegression.training(code, FormulaRows.all(), FormulaRows.IMPORTANCE);
    assertThat(folder).isEmptyDirectory();
  }

  @AfterEach
  void close() {
    all.close();
    code.close();
  }

  /** Made by torch 1.13: {@code python3 softmax_optimum.py 1 0.01 0.0001}. */
  @ParameterizedTest
  @CsvSource({"1, 0.908167460318", "0.01, 0.106069968528", "0.0001, 0.005055752348"})
  void theOptimumIsTorchs(double penalty, double value) {
    assertThat(optimum(penalty)).isCloseTo(value, within(1e-6 * value));
  }

  @Test
  void theOptimumIsTorchsLive() throws IOException, InterruptedException {
    List<String> penalties = List.of("0.3", "0.001");
    Process python = new ProcessBuilder(PYTHON, SCRIPT, penalties.get(0), penalties.get(1)).start();
    String printed =
        new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assumeTrue(python.waitFor() == 0, "LEFT OUT: no torch in " + PYTHON);

    for (String line : printed.lines().toList()) {
      double expected = Double.parseDouble(line.split(" ")[1]);
      assertThat(optimum(Double.parseDouble(line.split(" ")[0])))
          .isCloseTo(expected, within(1e-6 * expected));
    }
  }

  @Test
  void derivativesAreDifferences() {
    double[] point =
        IntStream.range(0, all.variables()).mapToDouble(i -> Math.sin(i) / 10).toArray();
    double[] gradient = new double[point.length];
    Measure measure = all.measure(point, gradient);

    assertThat(measure).isEqualTo(all.measure(point));
    for (int i : new int[] {0, 19, 45, 79, 80, 83}) {
      double step = 1e-2;
      double[] up = point.clone();
      double[] down = point.clone();
      up[i] += step;
      down[i] -= step;
      double difference =
          (all.measure(up).weightedLoss() - all.measure(down).weightedLoss()) / (2 * step);
      assertThat(gradient[i]).isCloseTo(difference, within(1e-4));
    }
  }

  @Test
  void whatIsMeasuredIsTheSumOfTheImages() {
    double[] point =
        IntStream.range(0, all.variables()).mapToDouble(i -> Math.sin(i) / 10).toArray();
    Measure measure = all.measure(point);
    double[] losses = all.losses(point);
    double[] weights = all.weights();

    assertThat(measure.images()).isEqualTo(300);
    assertThat(measure.losses()).isCloseTo(Arrays.stream(losses).sum(), within(1e-9));
    assertThat(measure.weights()).isCloseTo(Arrays.stream(weights).sum(), within(1e-9));
    assertThat(measure.weighted())
        .isCloseTo(
            IntStream.range(0, 300).mapToDouble(i -> weights[i] * losses[i]).sum(), within(1e-9));
  }

  @Test
  void theFoldedLayerSaysTheSameOfPlainFeatures() {
    double[] point =
        IntStream.range(0, all.variables()).mapToDouble(i -> Math.cos(i) / 3).toArray();
    LinearLayer layer = all.standardization().fold(point, FormulaRows.CLASSES);
    double[] losses = all.losses(point);

    for (int image : new int[] {0, 17, 299}) {
      double[] logits = new double[FormulaRows.CLASSES];
      for (int k = 0; k < logits.length; k++) {
        logits[k] = layer.bias()[k];
        for (int j = 0; j < 20; j++) {
          logits[k] += layer.weight()[k * 20 + j] * FormulaRows.value(image, j);
        }
      }
      double sum = Arrays.stream(logits).map(Math::exp).sum();
      double loss = Math.log(sum) - logits[(int) FormulaRows.label(image)];
      assertThat(losses[image]).isCloseTo(loss, within(1e-5));
    }
  }

  @Test
  void aFeatureThatHardlyChangesStaysQuiet() {
    // Means 3 and 0.6, variances 0 and 1.04, of which the mean is 0.52.
    Standardization two = Standardization.of(new double[] {30, 6, 90, 14}, 10);

    assertThat(two.center()).containsExactly(3, 0.6);
    assertThat(two.factor()[0]).isCloseTo(Math.sqrt(2 / 0.52), within(1e-12));
    assertThat(two.factor()[1]).isCloseTo(Math.sqrt(2 / (1.04 + 0.52)), within(1e-12));
  }

  @Test
  void featuresOfWhichNoneChangesDoNoHarm() {
    assertThat(Standardization.of(new double[] {30, 90}, 10).factor()).containsExactly(1);
  }

  private double optimum(double penalty) {
    Lbfgs.Limits limits = new Lbfgs.Limits(1000, 1e-7, 1e-8);
    return new Lbfgs(
            (point, gradient) -> {
              double norm = 0;
              double loss = all.measure(point, gradient).weightedLoss();
              for (int i = 0; i < point.length - FormulaRows.CLASSES; i++) {
                norm += point[i] * point[i];
                gradient[i] += penalty * point[i];
              }
              return loss + penalty / 2 * norm;
            },
            limits)
        .minimize(new double[all.variables()], (iteration, point) -> {})
        .value();
  }
}
