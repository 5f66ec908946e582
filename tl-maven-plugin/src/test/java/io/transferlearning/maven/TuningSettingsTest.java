package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.pipeline.Tuning;
import io.transferlearning.problem.Problem;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningSettingsTest {
  private final Properties commandLine = new Properties();
  private final TrainingParameters said = new TrainingParameters();

  @Test
  void whoSaysNothingGetsThePresetsValues() {
    assertThat(read()).isEqualTo(Tuning.SILENT);
  }

  @Test
  void elementsAndPropertiesAreRead() {
    said.optimizer = "SGD";
    said.momentum = "0.8";
    said.nesterov = "true";
    said.freezeUpTo = "layer2";
    commandLine.setProperty("transfer.schedule", "one-cycle");
    commandLine.setProperty("transfer.maxMinutes", "1.5");

    Tuning tuning = read();

    assertThat(tuning.optimizer()).isEqualTo("sgd");
    assertThat(tuning.momentum()).isEqualTo(0.8);
    assertThat(tuning.nesterov()).isTrue();
    assertThat(tuning.freezeUpTo()).isEqualTo("layer2");
    assertThat(tuning.schedule()).isEqualTo("one-cycle");
    assertThat(tuning.maxMinutes()).isEqualTo(1.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "preset | fast | Legal: quick, balanced, best",
        "optimizer | adam | Legal: adamw, sgd",
        "schedule | linear | Legal: cosine, step, one-cycle, constant",
        "batchNorm | on | Legal: auto, train, frozen",
        "nesterov | yes | Legal: true, false",
        "momentum | 1 | Legal: numbers from 0 to below 1",
        "ema | -0.1 | Legal: numbers from 0 to below 1",
        "startShare | 1 | Legal: numbers from 0 to below 1",
        "layerDecay | 0 | Legal: numbers above 0 to 1",
        "clipNorm | much | Legal: numbers from 0",
        "weightDecay | NaN | Legal: numbers from 0",
        "accumulation | 0 | Legal: whole numbers from 1",
        "maxMinutes | 0 | Legal: numbers above 0"
      })
  void otherValuesAreRefusedWithTheLegalOnes(String name, String value, String legal) {
    commandLine.setProperty("transfer." + name, value);

    assertThatThrownBy(this::read)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("transfer." + name + " cannot be '")
        .hasMessageContaining(legal);
  }

  @Test
  void aLayerThatThereIsNotIsRefusedBeforeAnythingStarts() {
    commandLine.setProperty("transfer.freezeUpTo", "layer9");

    assertThatThrownBy(this::read).hasMessageStartingWith("resnet18 has no layer 'layer9'");
  }

  private Tuning read() {
    return TuningSettings.of(new Settings(commandLine, new Properties()), said, "resnet18");
  }
}
