package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationProblemsTest {
  @Test
  void anIllegalWordNamesTheLegalOnes() {
    Problem problem =
        ConfigurationProblems.illegal("transfer.mode", "fast", List.of("finetune", "both"));

    assertThat(problem.what()).isEqualTo("transfer.mode cannot be 'fast'. Legal: finetune, both");
    assertThat(problem.next()).isEqualTo("set -Dtransfer.mode to one of them");
  }

  @Test
  void aMistypedWordIsRecognised() {
    Problem problem =
        ConfigurationProblems.illegal("transfer.mode", "fine-tune", List.of("finetune", "both"));

    assertThat(problem.what())
        .isEqualTo("transfer.mode cannot be 'fine-tune'. Legal: finetune, both");
    assertThat(problem.next())
        .isEqualTo("did you mean 'finetune'? set -Dtransfer.mode to one of them");
  }

  @Test
  void aNumberOutOfRangeNamesTheRange() {
    Problem problem =
        ConfigurationProblems.notInRange("transfer.epochs", "0", "a whole number from 1");

    assertThat(problem.what())
        .isEqualTo("transfer.epochs cannot be '0'. Legal: a whole number from 1");
    assertThat(problem.next())
        .isEqualTo("set -Dtransfer.epochs, or its element in the POM, to such a number");
  }

  @Test
  void anUnknownPropertyIsRecognised() {
    Problem problem =
        ConfigurationProblems.unknownProperty(
            "transfer.epoch", List.of("model", "transfer.epochs"));

    assertThat(problem.what())
        .isEqualTo("unknown property transfer.epoch, did you mean 'transfer.epochs'?");
    assertThat(problem.next()).isEqualTo("known properties: model, transfer.epochs");
  }

  @Test
  void aNameThatNeedsNoPrefixIsRecognisedWithOne() {
    Problem problem =
        ConfigurationProblems.unknownProperty("transfer.model", List.of("model", "transfer.mode"));

    assertThat(problem.what()).isEqualTo("unknown property transfer.model, did you mean 'model'?");
  }

  @Test
  void anUnknownPropertyLikeNoOtherIsOnlyNamed() {
    Problem problem = ConfigurationProblems.unknownProperty("transfer.zzz", List.of("model"));

    assertThat(problem.what()).isEqualTo("unknown property transfer.zzz");
    assertThat(problem.next()).isEqualTo("known properties: model");
  }

  @Test
  void anUnknownElementIsRecognised() {
    Problem problem =
        ConfigurationProblems.unknownElement("trainig", List.of("dataset", "training"));

    assertThat(problem.what())
        .isEqualTo(
            "unknown element <trainig> in the plugin's <configuration>, did you mean <training>?");
    assertThat(problem.next()).isEqualTo("known elements: dataset, training");
  }

  @Test
  void anUnknownElementLikeNoOtherIsOnlyNamed() {
    Problem problem = ConfigurationProblems.unknownElement("colour", List.of("dataset"));

    assertThat(problem.what())
        .isEqualTo("unknown element <colour> in the plugin's <configuration>");
    assertThat(problem.next()).isEqualTo("known elements: dataset");
  }

  @Test
  void aNameThatIsNoneIsNamedWithTheLegalLetters() {
    Problem problem = ConfigurationProblems.noName("transfer.classifier", "a/b");

    assertThat(problem.what())
        .isEqualTo(
            "transfer.classifier cannot be 'a/b'. Legal: letters (a to z), digits and . _ -");
    assertThat(problem.next())
        .isEqualTo("set -Dtransfer.classifier, or its element in the POM, to such a name");
  }

  @Test
  void aRateThatIsGivenIsNotLookedFor() {
    Problem problem = ConfigurationProblems.givenAndSearchedRate(0.001);

    assertThat(problem.what())
        .isEqualTo(
            "transfer.learningRate is 0.001, and transfer.findLearningRate=true looks for another");
    assertThat(problem.next()).isEqualTo("leave one of the two out");
  }

  @Test
  void withoutAModelTheKnownOnesAreNamed() {
    Problem problem = ConfigurationProblems.noModel(List.of("resnet", "squeezenet"));

    assertThat(problem.what()).isEqualTo("no model is named. Known models: resnet, squeezenet");
    assertThat(problem.next())
        .isEqualTo("set -Dmodel=squeezenet, or <model> in the plugin's <configuration>");
  }
}
