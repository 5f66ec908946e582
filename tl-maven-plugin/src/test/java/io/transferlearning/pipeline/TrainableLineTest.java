package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import org.junit.jupiter.api.Test;

class TrainableLineTest {
  private final Network resnet = Networks.of("resnet18", 1000);

  @Test
  void fineTuningTrainsAllThatTorchCounts() {
    assertThat(TrainableLine.of(resnet, Mode.FINETUNE, null))
        .isEqualTo("finetune: trainable 11,689,512 of 11,689,512 parameters");
  }

  @Test
  void whatIsFrozenIsNotTrainable() {
    // conv1 and bn1 have 9,408 and 128; layer1 has 147,968; their statistics count nowhere.
    assertThat(TrainableLine.of(resnet, Mode.FINETUNE, "layer1"))
        .isEqualTo("finetune: trainable 11,532,008 of 11,689,512 parameters");
  }

  @Test
  void theHeadAloneIsTrainedWhateverIsFrozenBeforeIt() {
    assertThat(TrainableLine.of(resnet, Mode.FEATURE_EXTRACTION, "layer1"))
        .isEqualTo("feature-extraction: trainable 513,000 of 11,689,512 parameters (fc)");
  }
}
