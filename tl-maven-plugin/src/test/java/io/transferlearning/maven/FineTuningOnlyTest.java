package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.pipeline.Mode;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class FineTuningOnlyTest {
  private static final List<Mode> HEAD = List.of(Mode.FEATURE_EXTRACTION);

  private final Properties commandLine = new Properties();
  private final TrainingParameters training = new TrainingParameters();
  private final AugmentationParameters augmentation = new AugmentationParameters();
  private final Settings settings = new Settings(commandLine, new Properties());

  @Test
  void everyOneOfThemIsAProperty() {
    assertThat(Settings.PROPERTIES).containsAll(FineTuningOnly.PROPERTIES);
  }

  @Test
  void whoSaysNothingOfThemIsToldNothing() {
    training.epochs = "3";
    commandLine.setProperty("transfer.classWeights", "balanced");
    read();

    assertThat(FineTuningOnly.warning(settings, HEAD)).isEmpty();
  }

  @Test
  void whatIsGivenInVainIsNamedWhereverItIsGiven() {
    training.freezeUpTo = "layer2";
    augmentation.set("strong");
    commandLine.setProperty("transfer.ema", "0.99");
    read();

    assertThat(FineTuningOnly.warning(settings, HEAD))
        .contains(
            "only fine-tuning uses transfer.ema, transfer.freezeUpTo, transfer.augmentation: set"
                + " -Dtransfer.mode=finetune, or both, or leave them out");
    assertThat(FineTuningOnly.warning(settings, List.of(Mode.FINETUNE))).isEmpty();
    assertThat(FineTuningOnly.warning(settings, List.of(Mode.values()))).isEmpty();
  }

  @Test
  void oneAloneIsNamedToo() {
    training.preset = "best";
    read();

    assertThat(FineTuningOnly.warning(settings, HEAD))
        .hasValueSatisfying(text -> assertThat(text).endsWith("or leave it out"));
  }

  private void read() {
    TuningSettings.of(settings, training, "resnet18");
    AugmentationSettings.augmentation(settings, augmentation);
    AugmentationSettings.balance(settings, training);
  }
}
