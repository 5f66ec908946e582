package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagesTest {
  @Test
  void normalisationsBelongToWhatTheyNormalise() {
    assertThat(Stages.of(Networks.of("resnet18", 3)).names())
        .containsExactly("conv1", "layer1", "layer2", "layer3", "layer4", "fc");
    assertThat(Stages.of(Networks.of("densenet121", 3)).names())
        .containsExactly(
            "features.conv0",
            "features.denseblock1",
            "features.transition1",
            "features.denseblock2",
            "features.transition2",
            "features.denseblock3",
            "features.transition3",
            "features.denseblock4",
            "classifier");
    assertThat(Stages.of(Networks.of("vgg11_bn", 3)).names())
        .startsWith("features.0", "features.4", "features.8")
        .endsWith("classifier.0", "classifier.3", "classifier.6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "alexnet", "vgg11_bn", "squeezenet1_1", "densenet121"})
  void everyParameterBelongsToOneStageAndTheLastIsTheHead(String name) {
    Network network = Networks.of(name, 3);
    List<List<Parameter>> stages = Stages.of(network).parameters();

    assertThat(stages.stream().flatMap(List::stream))
        .containsExactlyElementsOf(network.parameters().values());
    assertThat(stages.get(stages.size() - 1))
        .extracting(Parameter::name)
        .containsExactlyInAnyOrderElementsOf(network.headParameters());
  }

  @Test
  void freezingTakesAllThatComesBefore() {
    Stages stages = Stages.of(Networks.of("resnet18", 3));

    assertThat(stages.upTo("")).isEmpty();
    assertThat(stages.upTo("layer1.0"))
        .contains("conv1.weight", "bn1.running_mean", "layer1.0.bn2.bias")
        .doesNotContain("layer1.1.conv1.weight");
  }

  @Test
  void anUnknownLayerIsAnsweredWithTheStages() {
    Stages stages = Stages.of(Networks.of("resnet18", 3));

    assertThatThrownBy(() -> stages.upTo("layer5"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "resnet18 has no layer 'layer5'. Stages that can be frozen, in order: conv1, layer1, "
                + "layer2, layer3, layer4");
  }

  @Test
  void theHeadIsNotFrozen() {
    Stages stages = Stages.of(Networks.of("resnet18", 3));

    assertThatThrownBy(() -> stages.upTo("fc"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("freezing resnet18 up to 'fc' leaves nothing to train");
  }
}
