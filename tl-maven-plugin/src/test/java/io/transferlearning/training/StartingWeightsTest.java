package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.network.Initial;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.Parameter;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.source.EmbeddedWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartingWeightsTest {
  private static final Network SQUEEZENET = Networks.of("squeezenet1_1", 3);
  private static final Network RESNET = Networks.of("resnet18", 3);
  private static final Map<String, Tensor> RANDOM_RESNET = random(RESNET, 1);

  @Test
  void theSameSeedGivesTheSameTensors() {
    assertThat(random(SQUEEZENET, 1)).isEqualTo(random(SQUEEZENET, 1));
  }

  @Test
  void anotherSeedGivesOtherTensors() {
    assertThat(values(random(SQUEEZENET, 1), "features.0.weight"))
        .isNotEqualTo(values(random(SQUEEZENET, 2), "features.0.weight"));
  }

  @Test
  void aTensorDependsOnItsNameAndNotOnTheNetwork() {
    Map<String, Tensor> other = random(Networks.of("resnet34", 5), 1);

    assertThat(other.get("layer1.0.conv1.weight"))
        .isEqualTo(RANDOM_RESNET.get("layer1.0.conv1.weight"));
  }

  @Test
  void tensorsOfOneShapeAreUnrelated() {
    float[] one = values(RANDOM_RESNET, "layer1.0.conv1.weight");
    float[] other = values(RANDOM_RESNET, "layer1.0.conv2.weight");

    double products = 0;
    for (int i = 0; i < one.length; i++) {
      products += one[i] * other[i];
    }
    // Of n unrelated pairs the correlation has a deviation of 1 / sqrt(n); four of them.
    double correlation = products / one.length / (deviation(one) * deviation(other));
    assertThat(correlation).isCloseTo(0, within(4 / Math.sqrt(one.length)));
  }

  @Test
  void everyParameterIsThereInTheNetworksOrder() {
    assertThat(RANDOM_RESNET.keySet()).containsExactlyElementsOf(RESNET.parameters().keySet());
  }

  @Test
  void everyTensorFollowsItsRule() {
    for (Parameter parameter : RESNET.parameters().values()) {
      if (parameter.role() == Parameter.Role.COUNTER) {
        assertThat(RANDOM_RESNET.get(parameter.name())).isEqualTo(Tensor.scalar(0));
      } else {
        follows(parameter, values(RANDOM_RESNET, parameter.name()));
      }
    }
  }

  private static void follows(Parameter parameter, float[] values) {
    double n = values.length;
    if (parameter.initial() instanceof Initial.Constant constant) {
      assertThat(values).as(parameter.name()).containsOnly((float) constant.value());
    } else if (parameter.initial() instanceof Initial.Normal normal) {
      // Four deviations of a sample's mean and of its deviation.
      double sigma = normal.deviation();
      assertThat(mean(values)).as(parameter.name()).isCloseTo(0, within(4 * sigma / Math.sqrt(n)));
      assertThat(deviation(values))
          .as(parameter.name())
          .isCloseTo(sigma, within(4 * sigma / Math.sqrt(2 * n)));
    } else if (parameter.initial() instanceof Initial.Uniform uniform) {
      float bound = (float) uniform.bound();
      for (float value : values) {
        assertThat(value).as(parameter.name()).isBetween(-bound, bound);
      }
      if (n > 100) {
        assertThat(deviation(values))
            .as(parameter.name())
            .isCloseTo(bound / Math.sqrt(3), within(4 * bound / Math.sqrt(3 * n)));
      }
    }
  }

  @Test
  void publishedWeightsGetAFreshHead() {
    StateDict published = published();
    Map<String, Tensor> start =
        StartingWeights.of(SQUEEZENET, "pretrained", Optional.of(published), 1);

    List<String> fresh = new ArrayList<>();
    start.forEach(
        (name, tensor) -> {
          if (!tensor.equals(published.tensors().get(name))) {
            fresh.add(name);
          }
        });
    assertThat(fresh).containsExactly("classifier.1.weight", "classifier.1.bias");
  }

  /** As {@code nn.Conv2d(512, 3, 1)} and {@code nn.Linear(512, 3)} in torch's own tutorial. */
  @ParameterizedTest
  @CsvSource({"squeezenet1_1, classifier.1", "resnet18, fc"})
  void aHeadThatReplacesAPublishedOneStartsAsANewLayerOfTorch(String name, String head) {
    Map<String, Tensor> published = random(Networks.of(name, 1000), 2);
    Map<String, Tensor> start =
        StartingWeights.of(Networks.of(name, 200), "FILE", Optional.of(StateDict.of(published)), 1);

    double bound = 1 / Math.sqrt(512);
    for (String tensor : List.of(head + ".weight", head + ".bias")) {
      float[] values = values(start, tensor);
      assertThat(distance(values, x -> (x + bound) / (2 * bound)))
          .as(tensor)
          .isLessThan(2.5 / Math.sqrt(values.length));
    }
    start.keySet().removeIf(tensor -> tensor.startsWith(head + "."));
    assertThat(published).containsAllEntriesOf(start);
  }

  /** Kolmogorov's and Smirnov's distance of a sample from a distribution. */
  private static double distance(float[] values, DoubleUnaryOperator distribution) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    double worst = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = Math.min(1, Math.max(0, distribution.applyAsDouble(sorted[i])));
      worst = Math.max(worst, Math.abs(expected - i / (double) sorted.length));
      worst = Math.max(worst, Math.abs(expected - (i + 1) / (double) sorted.length));
    }
    return worst;
  }

  @Test
  void publishedWeightsKeepAHeadThatFits() {
    StateDict published = published();

    Map<String, Tensor> start =
        StartingWeights.of(
            Networks.of("squeezenet1_1", 1000), "pretrained", Optional.of(published), 1);

    assertThat(start).isEqualTo(published.tensors());
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    assertThatThrownBy(
            () -> StartingWeights.of(RESNET, "FILE.safetensors", Optional.of(published()), 1))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("The weights FILE.safetensors do not fit the network:");
  }

  /** All names and shapes are the same; the strides are not. */
  @Test
  void weightsThatSayTheyAreAnotherNetworksAreRefusedThoughTheyWouldFit() {
    Network asked = Networks.of("resnet50", 1000);
    StateDict v1 =
        new StateDict(
            random(Networks.of("resnet50_v1", 1000), 1), Map.of("architecture", "resnet50_v1"));

    assertThatThrownBy(() -> StartingWeights.of(asked, "FILE.safetensors", Optional.of(v1), 1))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "The weights %s do not fit the network: their metadata says that they are those of"
                + " resnet50_v1, and the model is resnet50.%n"
                + "  -> Set -Dmodel=resnet50_v1, or give the weights of resnet50.",
            "FILE.safetensors");
    assertThat(StartingWeights.of(Networks.of("resnet50_v1", 1000), "FILE", Optional.of(v1), 1))
        .isEqualTo(v1.tensors());
  }

  /** A family stands for several networks, and other programs have words of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"squeezenet1_1", "squeezenet", "SqueezeNet", "resnet", ""})
  void anArchitectureThatIsNoOtherNetworksNameIsNoReasonToRefuse(String architecture) {
    StateDict published =
        new StateDict(published().tensors(), Map.of("architecture", architecture));

    assertThat(
            StartingWeights.of(
                Networks.of("squeezenet1_1", 1000), "FILE", Optional.of(published), 1))
        .isEqualTo(published.tensors());
  }

  private static StateDict published() {
    return EmbeddedWeights.open("squeezenet1_1").orElseThrow();
  }

  private static Map<String, Tensor> random(Network network, long seed) {
    return StartingWeights.of(network, "none", Optional.empty(), seed);
  }

  private static float[] values(Map<String, Tensor> tensors, String name) {
    return Optional.ofNullable(tensors.get(name)).orElseThrow().toFloats();
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
