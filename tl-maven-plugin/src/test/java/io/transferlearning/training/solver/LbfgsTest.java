package io.transferlearning.training.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LbfgsTest {
  private static final Lbfgs.Limits EXACT = new Lbfgs.Limits(1000, 1e-9, 0);
  private static final Lbfgs.Watcher NOBODY = (iteration, point) -> {};

  /** The extended Rosenbrock function: a bent, flat valley; 0 at (1, 1, ...). */
  private static double rosenbrock(double[] x, double[] gradient) {
    double value = 0;
    Arrays.fill(gradient, 0);
    for (int i = 0; i + 1 < x.length; i++) {
      double bend = x[i + 1] - x[i] * x[i];
      value += 100 * bend * bend + (1 - x[i]) * (1 - x[i]);
      gradient[i] += -400 * bend * x[i] - 2 * (1 - x[i]);
      gradient[i + 1] += 200 * bend;
    }
    return value;
  }

  /**
   * A quadratic bowl whose axes differ in curvature by a factor of a thousand; 0 at (0, 1, 2, ...).
   */
  private static double bowl(double[] x, double[] gradient) {
    double value = 0;
    for (int i = 0; i < x.length; i++) {
      double curvature = Math.pow(10, 3.0 * i / (x.length - 1));
      gradient[i] = curvature * (x[i] - i);
      value += curvature * (x[i] - i) * (x[i] - i) / 2;
    }
    return value;
  }

  /** x - log x, which is not defined from 0 downwards; 1 at 1. */
  private static double barrier(double[] x, double[] gradient) {
    gradient[0] = 1 - 1 / x[0];
    return x[0] - Math.log(x[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 50})
  void theBottomOfABentValleyIsFound(int variables) {
    double[] start = new double[variables];
    Arrays.fill(start, -1.2);

    Lbfgs.Result result = new Lbfgs(LbfgsTest::rosenbrock, EXACT).minimize(start, NOBODY);

    assertThat(result.converged()).isTrue();
    assertThat(result.value()).isLessThan(1e-12);
    assertThat(start).containsOnly(-1.2);
  }

  @Test
  void unequalCurvaturesDoNotStopIt() {
    Lbfgs.Result result = new Lbfgs(LbfgsTest::bowl, EXACT).minimize(new double[20], NOBODY);

    for (int i = 0; i < 20; i++) {
      assertThat(result.point()[i]).isCloseTo(i, within(1e-6));
    }
  }

  @Test
  void aStepIntoTheUndefinedIsTakenBack() {
    Lbfgs.Result result = new Lbfgs(LbfgsTest::barrier, EXACT).minimize(new double[] {30}, NOBODY);

    assertThat(result.point()[0]).isCloseTo(1, within(1e-6));
    assertThat(result.value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void nothingIsDoneAtTheMinimum() {
    Lbfgs.Result result =
        new Lbfgs(LbfgsTest::rosenbrock, EXACT).minimize(new double[] {1, 1}, NOBODY);

    assertThat(result.iterations()).isZero();
    assertThat(result.converged()).isTrue();
  }

  @Test
  void itStopsAtTheMostIterations() {
    Lbfgs.Result result =
        new Lbfgs(LbfgsTest::rosenbrock, new Lbfgs.Limits(5, 1e-9, 0))
            .minimize(new double[] {-1.2, 1}, NOBODY);

    assertThat(result.iterations()).isEqualTo(5);
    assertThat(result.converged()).isFalse();
  }

  @Test
  void itStopsWhereLittleIsGained() {
    Lbfgs.Result exact = new Lbfgs(LbfgsTest::rosenbrock, EXACT).minimize(new double[50], NOBODY);
    Lbfgs.Result rough =
        new Lbfgs(LbfgsTest::rosenbrock, new Lbfgs.Limits(1000, 0, 0.5))
            .minimize(new double[50], NOBODY);

    assertThat(rough.converged()).isTrue();
    assertThat(rough.iterations()).isLessThan(exact.iterations());
  }

  @Test
  void everyIterationIsLowerThanTheOneBefore() {
    List<Double> values = new ArrayList<>();

    Lbfgs.Result result =
        new Lbfgs(LbfgsTest::rosenbrock, EXACT)
            .minimize(
                new double[] {-1.2, 1, -1.2},
                (iteration, point) -> {
                  assertThat(iteration).isEqualTo(values.size() + 1);
                  values.add(rosenbrock(point, new double[3]));
                });

    assertThat(values)
        .hasSize(result.iterations())
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void noiseAtTheBottomEndsIt() {
    // As if the value were summed in single precision.
    Objective rounded = (x, gradient) -> (float) (1000 + bowl(x, gradient));

    Lbfgs.Result result = new Lbfgs(rounded, EXACT).minimize(new double[5], NOBODY);

    assertThat(result.converged()).isTrue();
    assertThat(result.value()).isEqualTo(1000);
  }

  @Test
  void whereRoundingHidesTheFallSlopesDecide() {
    int[] evaluations = {0};
    // Off by up to a ten-millionth, as sums in single precision are, with exact derivatives.
    Objective rounded =
        (x, gradient) -> {
          evaluations[0]++;
          double value = 1 + bowl(x, gradient);
          return value * (1 + 1e-7 * Math.sin(1e9 * x[1]));
        };

    Lbfgs.Result result =
        new Lbfgs(rounded, new Lbfgs.Limits(1000, 1e-3, 1e-9)).minimize(new double[20], NOBODY);

    assertThat(result.converged()).isTrue();
    for (int i = 0; i < 20; i++) {
      assertThat(result.point()[i]).isCloseTo(i, within(1e-2));
    }
    // 1.6 by values alone.
    assertThat(evaluations[0] / (double) result.iterations()).isLessThan(1.3);
  }
}
