package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.evaluation.RateSweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateFinderTest {
  @Test
  void raisesTheRateByTheSameFactorFromOneEndToTheOther() {
    List<Double> tried = new ArrayList<>();
    List<Integer> progress = new ArrayList<>();

    RateFinder.sweep(
        rate -> {
          tried.add(rate);
          return 1;
        },
        progress::add);

    assertThat(tried).hasSize(RateFinder.STEPS);
    assertThat(tried.get(0)).isCloseTo(1e-6, within(1e-12));
    assertThat(tried.get(99)).isCloseTo(1, within(1e-9));
    assertThat(tried.get(51) / tried.get(50)).isCloseTo(tried.get(1) / tried.get(0), within(1e-9));
    assertThat(progress).hasSize(100).endsWith(100);
  }

  @Test
  void stopsWhereTheLossExplodes() {
    RateSweep sweep = RateFinder.sweep(rate -> rate < 1e-2 ? 1 : 5, step -> {});

    assertThat(sweep.losses()).endsWith(5.0).filteredOn(loss -> loss == 5).hasSize(1);
  }

  @Test
  void goesOnAfterOneBadBatch() {
    int[] step = {0};

    RateSweep sweep = RateFinder.sweep(rate -> step[0]++ % 9 == 4 ? 50 : 1, done -> {});

    assertThat(sweep.rates()).hasSize(RateFinder.STEPS);
  }

  /** The losses of a head that is solved already: all low, and none like the other. */
  @Test
  void goesOnWhereEveryBatchDiffers() {
    Random random = new Random(1);

    RateSweep sweep = RateFinder.sweep(rate -> 0.005 + 0.1 * random.nextDouble(), step -> {});

    assertThat(sweep.rates()).hasSize(RateFinder.STEPS);
  }

  @Test
  void leavesOutALossThatIsNoNumber() {
    RateSweep sweep = RateFinder.sweep(rate -> rate < 1e-2 ? 1 : Double.NaN, step -> {});

    assertThat(sweep.losses()).containsOnly(1.0).hasSizeBetween(60, 70);
  }

  /** Gradient descent on x squared is stable below a rate of 1, and fastest at 1/2. */
  @Test
  void suggestsARateAtWhichAParabolaIsDescended() {
    double[] x = {1};
    RateSweep sweep =
        RateFinder.sweep(
            rate -> {
              double loss = x[0] * x[0];
              x[0] -= rate * 2 * x[0];
              return loss + 1e-3;
            },
            step -> {});

    assertThat(sweep.suggestion().orElseThrow()).isBetween(1e-2, 1e-1);
  }
}
