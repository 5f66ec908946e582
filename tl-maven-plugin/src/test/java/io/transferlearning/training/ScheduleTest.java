package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void aConstantScheduleNeverChanges() {
    assertThat(LongStream.range(0, 50).mapToDouble(step -> Schedule.CONSTANT.factor(step, 50)))
        .containsOnly(1.0);
  }

  @Test
  void theFirstTenthOfTheStepsRisesInALine() {
    assertThat(factors(100)).startsWith(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
  }

  @Test
  void afterTheWarmUpTheFactorFollowsHalfACosine() {
    double[] factors = factors(100);

    assertThat(factors[10]).isEqualTo(1);
    assertThat(factors[40]).isCloseTo(0.75, within(1e-15));
    assertThat(factors[55]).isCloseTo(0.5, within(1e-15));
    assertThat(factors[70]).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void atTheEndNearlyNothingIsLeft() {
    double[] factors = factors(1000);

    assertThat(factors[999]).isPositive().isLessThan(1e-5);
    assertThat(factors[998]).isGreaterThan(factors[999]);
  }

  @Test
  void fewStepsWarmUpInOne() {
    assertThat(factors(1)).containsExactly(1);
    assertThat(factors(2)).containsExactly(1, 1);
    assertThat(factors(5)[4]).isCloseTo(0.5 * (1 - Math.sqrt(0.5)), within(1e-15));
  }

  /** Printed by torch 1.13's OneCycleLR with max_lr=1 and total_steps=10. */
  @Test
  void oneCycleIsTorchs() {
    double[] torch = {
      0.04,
      0.52,
      1.0,
      0.9504846320134737,
      0.8117456539497631,
      0.6112620219362893,
      0.38874197806371075,
      0.18825834605023697,
      0.049519367986526286,
      4e-06
    };

    for (int step = 0; step < 10; step++) {
      assertThat(Schedule.ONE_CYCLE.factor(step, 10)).isCloseTo(torch[step], within(1e-12));
    }
    assertThat(Schedule.ONE_CYCLE.factor(0, 1)).isBetween(0.0, 1.0);
  }

  @Test
  void everyThirdOfTheStepsTakesATenthOfTheRate() {
    assertThat(LongStream.range(0, 9).mapToDouble(step -> Schedule.STEP.factor(step, 9)))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
        .containsExactly(1.0, 1.0, 1.0, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01);
  }

  private static double[] factors(long steps) {
    return LongStream.range(0, steps)
        .mapToDouble(step -> Schedule.WARM_UP_AND_COSINE.factor(step, steps))
        .toArray();
  }
}
