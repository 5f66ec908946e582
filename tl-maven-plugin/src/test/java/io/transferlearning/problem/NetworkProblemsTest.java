package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkProblemsTest {
  @Test
  void anUnknownModelIsRecognised() {
    Problem problem = NetworkProblems.unknownModel("resnt18", List.of("resnet18", "squeezenet1_1"));

    assertThat(problem.what())
        .isEqualTo("unknown model 'resnt18'. Known models: resnet18, squeezenet1_1");
    assertThat(problem.next())
        .isEqualTo("did you mean 'resnet18'? set -Dmodel or <model> to one of the known names");
  }

  @Test
  void anUnknownModelLikeNoOtherIsOnlyNamed() {
    Problem problem = NetworkProblems.unknownModel("gpt", List.of("squeezenet1_1"));

    assertThat(problem.what()).isEqualTo("unknown model 'gpt'. Known models: squeezenet1_1");
    assertThat(problem.next()).isEqualTo("set -Dmodel or <model> to one of the known names");
  }

  @Test
  void aTooSmallImageNamesWhereItVanishes() {
    Problem problem = NetworkProblems.imageTooSmall("squeezenet1_1", 16, 24, "maxpool_9");

    assertThat(problem.what())
        .isEqualTo(
            "squeezenet1_1 cannot take images of 16x24: nothing is left of them at maxpool_9");
    assertThat(problem.next())
        .isEqualTo(
            "set -Dtransfer.imageSize or <imageSize> higher; 224 is what the published weights were"
                + " trained at");
  }
}
