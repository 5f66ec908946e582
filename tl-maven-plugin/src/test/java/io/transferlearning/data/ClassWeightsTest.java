package io.transferlearning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  private static final List<LabeledImage> IMAGES =
      IntStream.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 2).mapToObj(ClassWeightsTest::image).toList();

  @Test
  void balancedIsTheInverseFrequency() {
    List<Double> weights = ClassWeights.balanced(IMAGES, 3).values();
    // sklearn.utils.class_weight.compute_class_weight("balanced", ...): 10 / (3 * (6, 3, 1)).
    assertThat(weights.get(0)).isCloseTo(0.5555555555555556, within(1e-15));
    assertThat(weights.get(1)).isCloseTo(1.1111111111111112, within(1e-15));
    assertThat(weights.get(2)).isCloseTo(3.3333333333333335, within(1e-15));
    double mean = IMAGES.stream().mapToDouble(one -> weights.get(one.label())).average().orElse(0);
    assertThat(mean).isCloseTo(1, within(1e-12));
  }

  @Test
  void noneCountsAllTheSame() {
    assertThat(ClassWeights.NONE.of(3)).containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void aWeightThatIsNotAboveZeroIsRefused() {
    assertThatThrownBy(() -> new ClassWeights(List.of(1.0, 0.0)))
        .hasMessageContaining("class weights are above 0");
    assertThatThrownBy(() -> new ClassWeights(List.of(Double.NaN)))
        .hasMessageContaining("class weights are above 0");
  }

  @Test
  void aBalanceCorrectsOnce() {
    assertThatThrownBy(() -> new Balance(true, Sampling.BALANCED))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("correct the same imbalance twice")
        .hasMessageContaining("set one of the two");
    Dataset dataset = new Dataset(List.of("a", "b", "c"), IMAGES, List.of(), List.of(), List.of());
    assertThat(new Balance(true, Sampling.SHUFFLED).weights(dataset))
        .isEqualTo(ClassWeights.balanced(IMAGES, 3));
    assertThat(Balance.NONE.weights(dataset)).isEqualTo(ClassWeights.NONE);
    List<Double> balanced = ClassWeights.balanced(IMAGES, 3).values();
    assertThat(new Balance(true, Sampling.SHUFFLED).importance(dataset)).isEqualTo(balanced);
    assertThat(new Balance(false, Sampling.BALANCED).importance(dataset)).isEqualTo(balanced);
    assertThat(Balance.NONE.importance(dataset)).containsExactly(1.0, 1.0, 1.0);
  }

  private static LabeledImage image(int label) {
    return new LabeledImage(Path.of("x.png"), "x.png", label);
  }
}
