package io.transferlearning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {
  /** Twelve of class 0, five of class 1, two of class 2; mixed up. */
  private static final int[] LABELS = {0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 0, 0, 1, 0, 2, 0, 0, 1, 0};

  @Test
  void aShuffledEpochHasEveryImageOnce() {
    int[] order = Sampling.SHUFFLED.order(LABELS, 42, 3);
    assertThat(IntStream.of(order).sorted()).containsExactlyElementsOf(range());
    assertThat(order).isEqualTo(Sampling.SHUFFLED.order(LABELS, 42, 3));
    assertThat(order).isNotEqualTo(Sampling.SHUFFLED.order(LABELS, 42, 4));
    assertThat(order).isNotEqualTo(Sampling.SHUFFLED.order(LABELS, 43, 3));
  }

  @Test
  void aBalancedEpochHasAsManyImagesAndAllClassesEquallyOften() {
    for (int epoch = 0; epoch < 20; epoch++) {
      int[] counts = new int[3];
      int[] order = Sampling.BALANCED.order(LABELS, 42, epoch);
      assertThat(order).hasSameSizeAs(LABELS);
      IntStream.of(order).forEach(image -> counts[LABELS[image]]++);
      assertThat(IntStream.of(counts)).allMatch(count -> count == 6 || count == 7);
    }
  }

  @Test
  void balancedEpochsAreReproducibleAndDiffer() {
    int[] order = Sampling.BALANCED.order(LABELS, 42, 1);
    assertThat(Sampling.BALANCED.order(LABELS, 42, 1)).isEqualTo(order);
    assertThat(Sampling.BALANCED.order(LABELS, 42, 2)).isNotEqualTo(order);
    assertThat(Sampling.BALANCED.order(LABELS, 7, 1)).isNotEqualTo(order);
  }

  @Test
  void imagesAreVisitedAsOftenAsByAWeightedRandomSampler() {
    int[] visits = new int[LABELS.length];
    int epochs = 300;
    for (int epoch = 0; epoch < epochs; epoch++) {
      IntStream.of(Sampling.BALANCED.order(LABELS, 1, epoch)).forEach(image -> visits[image]++);
    }
    int[] sizes = {12, 5, 2};
    for (int i = 0; i < visits.length; i++) {
      double expected = (double) LABELS.length / (3 * sizes[LABELS[i]]);
      assertThat((double) visits[i] / epochs).isCloseTo(expected, within(1.0 / epochs));
    }
  }

  @Test
  void noImageComesAgainBeforeAllOthersOfItsClass() {
    Set<Integer> seen = new HashSet<>();
    // Two epochs deal 12 or 13 of class 0's 12 images: the first 12 are all different.
    for (int epoch = 0; epoch < 2; epoch++) {
      IntStream.of(Sampling.BALANCED.order(LABELS, 42, epoch))
          .filter(image -> LABELS[image] == 0)
          .forEach(seen::add);
    }
    assertThat(seen).hasSize(12);
  }

  @Test
  void aSingleClassAndNoImageAreNoSpecialCases() {
    assertThat(IntStream.of(Sampling.BALANCED.order(new int[4], 1, 5)).sorted())
        .containsExactly(0, 1, 2, 3);
    assertThat(Sampling.BALANCED.order(new int[0], 1, 5)).isEmpty();
  }

  private static Iterable<Integer> range() {
    return Arrays.stream(IntStream.range(0, LABELS.length).toArray()).boxed().toList();
  }
}
