package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.Balance;
import io.transferlearning.data.Sampling;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.data.transform.ColorJitter;
import io.transferlearning.data.transform.Mixing;
import io.transferlearning.problem.Problem;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AugmentationSettingsTest {
  private final Properties commandLine = new Properties();
  private final AugmentationParameters element = new AugmentationParameters();
  private final TrainingParameters training = new TrainingParameters();

  @Test
  void nothingSaidIsTheDefault() {
    assertThat(AugmentationSettings.augmentation(settings(), null)).isEqualTo(Augmentation.DEFAULT);
    assertThat(AugmentationSettings.balance(settings(), null)).isEqualTo(Balance.NONE);
  }

  @Test
  void aWordIsAPresetAndTheCommandLineBeatsTheElement() {
    element.set("none");
    assertThat(augmentation()).isEqualTo(Augmentation.NONE);
    commandLine.setProperty("transfer.augmentation", "Light");
    assertThat(augmentation()).isEqualTo(Augmentation.LIGHT);
  }

  @Test
  void elementsOverrideThePreset() {
    element.preset = "light";
    element.leastArea = "0.3";
    element.verticalFlip = "0.25";
    element.cutmix = "1";
    element.rotation = "15";
    element.hue = "0.1";
    element.trivialAugment = "true";
    element.erasing = "0.2";
    commandLine.setProperty("transfer.mixup", "0.2");
    assertThat(augmentation())
        .isEqualTo(
            Augmentation.LIGHT
                .withLeastArea(0.3)
                .withFlips(0.5, 0.25)
                .withRotation(15)
                .withJitter(new ColorJitter(0, 0, 0, 0.1))
                .withTrivialAugment(true)
                .withErasing(0.2)
                .withMixing(new Mixing(0.2, 1)));
  }

  @Test
  void anElementTakesBackWhatThePresetSays() {
    element.set("strong");
    assertThat(augmentation()).isEqualTo(Augmentation.STRONG);
    commandLine.setProperty("transfer.trivialAugment", "false");
    commandLine.setProperty("transfer.erasing", "0");
    assertThat(augmentation()).isEqualTo(Augmentation.DEFAULT);
  }

  @Test
  void anotherWordIsRefusedWithTheLegalOnes() {
    element.set("lite");
    assertThatThrownBy(this::augmentation)
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "transfer.augmentation cannot be 'lite'. Legal: none, light, default, trivialaugment, strong");
  }

  @Test
  void aNumberOutOfItsRangeIsRefused() {
    element.horizontalFlip = "1.5";
    assertThatThrownBy(this::augmentation)
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "augmentation: horizontalFlip cannot be 1.5. Legal: numbers from 0 to 1");
    element.horizontalFlip = "often";
    assertThatThrownBy(this::augmentation)
        .hasMessageStartingWith("transfer.horizontalFlip cannot be 'often'. Legal: numbers");
  }

  @Test
  void classesAreBalancedByWeightsOrBySampling() {
    training.classWeights = "balanced";
    assertThat(AugmentationSettings.balance(settings(), training))
        .isEqualTo(new Balance(true, Sampling.SHUFFLED));
    commandLine.setProperty("transfer.classWeights", "none");
    commandLine.setProperty("transfer.sampling", "balanced");
    assertThat(AugmentationSettings.balance(settings(), training))
        .isEqualTo(new Balance(false, Sampling.BALANCED));
    commandLine.setProperty("transfer.sampling", "even");
    assertThatThrownBy(() -> AugmentationSettings.balance(settings(), training))
        .hasMessageStartingWith("transfer.sampling cannot be 'even'. Legal: shuffled, balanced");
  }

  private Augmentation augmentation() {
    return AugmentationSettings.augmentation(settings(), element);
  }

  private Settings settings() {
    return new Settings(commandLine, new Properties());
  }
}
