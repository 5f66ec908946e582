package io.transferlearning.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.transform.Mixture.Blended;
import io.transferlearning.data.transform.Mixture.Pasted;
import io.transferlearning.problem.Problem;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MixingTest {
  private static final int DRAWS = 20_000;

  @Test
  void sharesAreBetaDistributed() {
    // Quartiles of Beta(alpha, alpha), by integrating its density in Python.
    quartiles(0.2, 0.023815, 0.5, 0.976185);
    quartiles(1, 0.25, 0.5, 0.75);
    quartiles(4, 0.378849, 0.5, 0.621151);
  }

  private static void quartiles(double alpha, double... expected) {
    double[] shares = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      shares[i] = new Mixing(alpha, 0).draw(RandomStream.of(3, i), 224).share();
    }
    Arrays.sort(shares);
    double mean = Arrays.stream(shares).average().orElse(0);
    double variance = Arrays.stream(shares).map(s -> (s - mean) * (s - mean)).average().orElse(0);
    // The mean of Beta(alpha, alpha) is 1/2, its variance 1 / (4 (2 alpha + 1)).
    assertThat(mean).isCloseTo(0.5, within(0.01));
    assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.004));
    for (int q = 0; q < 3; q++) {
      // Ranks and not values: five deviations of a share of so many draws.
      double rank = (double) below(shares, expected[q]) / DRAWS;
      assertThat(rank)
          .as("alpha %s, quartile %d", alpha, q + 1)
          .isCloseTo((q + 1) / 4.0, within(0.016));
    }
  }

  private static int below(double[] sorted, double value) {
    int at = Arrays.binarySearch(sorted, value);
    return at < 0 ? -at - 1 : at;
  }

  @Test
  void theSmallestAlphaStillGivesNumbers() {
    for (int i = 0; i < 1000; i++) {
      double share = new Mixing(1e-9, 0).draw(RandomStream.of(3, i), 224).share();
      assertThat(share).isBetween(0.0, 1.0);
    }
  }

  @Test
  void whatIsPastedIsWhatTheShareSays() {
    double mean = 0;
    for (int i = 0; i < DRAWS; i++) {
      Pasted box = (Pasted) new Mixing(0, 1).draw(RandomStream.of(9, i), 64);
      assertThat(box.left()).isBetween(0, box.right());
      assertThat(box.top()).isBetween(0, box.bottom());
      assertThat(box.right()).isLessThanOrEqualTo(64);
      assertThat(box.bottom()).isLessThanOrEqualTo(64);
      int area = (box.right() - box.left()) * (box.bottom() - box.top());
      assertThat(box.share()).isEqualTo(1 - area / 4096.0);
      mean += box.share() / DRAWS;
    }
    // 200,000 draws in torch 1.13 by the formulas of RandomCutmix in torchvision's reference
    // scripts
    // have the mean 0.690 and the deviation 0.186; a mean of so few is within five of its
    // deviations.
    assertThat(mean).isCloseTo(0.690, within(0.007));
  }

  @Test
  void ofBothEachIsDrawnHalfOfTheTime() {
    int blended = 0;
    for (int i = 0; i < 1000; i++) {
      blended += new Mixing(0.2, 1).draw(RandomStream.of(9, i), 64) instanceof Blended ? 1 : 0;
    }
    assertThat(blended).isBetween(420, 580);
    assertThat(Mixing.NONE.draw(RandomStream.of(1), 64)).isEqualTo(Mixture.NONE);
    assertThat(Mixture.NONE.share()).isEqualTo(1);
  }

  @Test
  void anAlphaOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new Mixing(-0.2, 0))
        .isInstanceOf(Problem.class)
        .hasMessage(
            ("augmentation: mixup cannot be -0.2. Legal: numbers from 0 to 100%n"
                    + "  -> set -Dtransfer.mixup, or <mixup> in <augmentation>, to such a number")
                .formatted());
    assertThatThrownBy(() -> new Mixing(0, Double.NaN)).hasMessageContaining("cutmix");
  }
}
