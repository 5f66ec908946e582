package io.transferlearning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateSweepTest {
  @Test
  void suggestsATenthOfTheRateAtWhichTheLossIsLowest() {
    List<Double> rates = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    Random noise = new Random(1);
    for (int i = 0; i <= 100; i++) {
      double exponent = -6 + 6 * i / 100.0;
      rates.add(Math.pow(10, exponent));
      // Lowest at 1e-2.
      losses.add(1 + 0.3 * (exponent + 2) * (exponent + 2) + 0.02 * noise.nextGaussian());
    }

    double suggestion = new RateSweep(rates, losses).suggestion().orElseThrow();

    assertThat(Math.log10(suggestion)).isCloseTo(-3, within(0.3));
  }

  @Test
  void doesNotFallForOneLowBatch() {
    List<Double> losses = new ArrayList<>(java.util.Collections.nCopies(40, 2.0));
    losses.set(10, 1.9);

    assertThat(new RateSweep(rates(40), losses).suggestion()).isEmpty();
  }

  @Test
  void suggestsNothingWhereTheLossOnlyRises() {
    List<Double> losses = rates(30).stream().map(rate -> 1 + rate).toList();

    assertThat(new RateSweep(rates(30), losses).suggestion()).isEmpty();
    assertThat(new RateSweep(List.of(), List.of()).suggestion()).isEmpty();
  }

  @Test
  void smoothsWithoutShifting() {
    List<Double> losses = new ArrayList<>(java.util.Collections.nCopies(21, 0.0));
    losses.set(10, 36.0);

    List<Double> smooth = new RateSweep(rates(21), losses).smoothed();

    // A triangle of 6 steps on each side whose weights add up to 36.
    assertThat(smooth.subList(4, 17))
        .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0);
    assertThat(smooth.get(0)).isZero();
  }

  @Test
  void refusesRatesThatDoNotRiseAndLossesThatAreNone() {
    assertThatThrownBy(() -> new RateSweep(List.of(1.0, 1.0), List.of(1.0, 1.0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateSweep(List.of(1.0), List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateSweep(List.of(1.0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Double> rates(int steps) {
    return java.util.stream.IntStream.range(0, steps).mapToObj(i -> 1e-6 * (i + 1)).toList();
  }
}
