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

  private static double[] factors(long steps) {
    return LongStream.range(0, steps)
        .mapToDouble(step -> Schedule.WARM_UP_AND_COSINE.factor(step, steps))
        .toArray();
  }
}
