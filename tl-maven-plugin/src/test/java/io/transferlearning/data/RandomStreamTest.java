package io.transferlearning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  @Test
  void aPermutationHasEachNumberOnce() {
    assertThat(RandomStream.of(1).permutation(50))
        .doesNotHaveDuplicates()
        .hasSize(50)
        .satisfies(order -> assertThat(Arrays.stream(order).max()).hasValue(49))
        .satisfies(order -> assertThat(Arrays.stream(order).min()).hasValue(0));
  }

  @Test
  void neighbouringStreamsStartAllOver() {
    double sum = 0;
    double product = 0;
    for (int i = 0; i < 10_000; i++) {
      double here = RandomStream.of(42, 0, i).nextDouble(-1, 1);
      sum += here;
      product += here * RandomStream.of(42, 0, i + 1).nextDouble(-1, 1);
    }
    assertThat(sum / 10_000).isCloseTo(0, within(0.02));
    assertThat(product / 10_000).isCloseTo(0, within(0.02));
  }

  @Test
  void integersStayBelowTheirBoundAndReachAllOfIt() {
    RandomStream random = RandomStream.of(9);
    int[] counts = new int[7];
    for (int i = 0; i < 7000; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(850, 1150);
    }
  }
}
