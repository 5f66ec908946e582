package io.transferlearning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
  /** By statsmodels 0.13.5, {@code proportion_confint}, method {@code wilson}. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2552885198782742, 0.36620957698280004",
    "15, 148, 0.06238639953073628, 0.16048724172330803",
    "0, 20, 0, 0.1611251580528194",
    "1, 29, 0.006113214292762667, 0.17175521879320294",
    "29, 29, 0.8830302015002592, 1",
    "195, 224, 0.8202516862017293, 0.9083251095193607"
  })
  void agreesWithStatsmodels(int successes, int trials, double low, double high) {
    Interval interval = Interval.wilson(successes, trials);
    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }

  @Test
  void nothingObservedIsUndefined() {
    assertThat(Interval.wilson(0, 0)).isEqualTo(Interval.UNDEFINED);
  }
}
