package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final Properties commandLine = new Properties();
  private final Properties project = new Properties();

  @Test
  void theCommandLineBeatsTheElementAndTheElementBeatsTheProperty() {
    project.setProperty("model", "vgg");
    assertThat(settings().text("model", null)).isEqualTo("vgg");
    assertThat(settings().text("model", "densenet")).isEqualTo("densenet");
    commandLine.setProperty("model", "resnet");
    assertThat(settings().text("model", "densenet")).isEqualTo("resnet");
  }

  @Test
  void blanksSayNothing() {
    commandLine.setProperty("model", "  ");
    assertThat(settings().text("model", null)).isNull();
    assertThat(settings().text("model", null, "otherwise")).isEqualTo("otherwise");
    assertThat(settings().text("transfer.mode", " both\n")).isEqualTo("both");
  }

  @Test
  void aPropertyOfOursThatThereIsNotIsRefusedOnEitherSide() {
    commandLine.setProperty("transfer.epoch", "3");
    assertUnknownEpoch();
    commandLine.clear();
    project.setProperty("transfer.epoch", "3");
    assertUnknownEpoch();
  }

  private void assertUnknownEpoch() {
    assertThatThrownBy(this::settings)
        .isInstanceOf(Problem.class)
        .hasMessage(
            "unknown property transfer.epoch, did you mean 'transfer.epochs'?%n".formatted()
                + "  -> known properties: "
                + String.join(", ", Settings.PROPERTIES));
  }

  /** The exceptions are those that the README names. */
  @Test
  void everyElementHasAPropertyOfItsNameWithTheseExceptions() {
    List<String> without =
        Stream.of(
                AugmentationParameters.class,
                BackboneParameters.class,
                DatasetParameters.class,
                EngineParameters.class,
                TrainingParameters.class)
            .flatMap(elements -> Stream.of(elements.getDeclaredFields()))
            .map(Field::getName)
            .filter(name -> !Settings.PROPERTIES.contains("transfer." + name))
            .toList();

    assertThat(without)
        .containsExactlyInAnyOrder("sha256", "directory", "train", "validation", "test");
    assertThat(Settings.PROPERTIES)
        .contains("transfer.weightsSha256", "transfer.dataset", "transfer.augmentation");
  }

  @Test
  void propertiesOfOthersAreNoneOfOurBusiness() {
    commandLine.setProperty("transferred", "x");
    project.setProperty("project.build.sourceEncoding", "UTF-8");
    assertThat(settings().text("model", null)).isNull();
  }

  @Test
  void wholeNumbersAreDecimal() {
    assertThat(settings().integer("transfer.seed", "042", 0, 7)).isEqualTo(42);
    assertThat(settings().integer("transfer.seed", null, 0, 7)).isEqualTo(7);
    assertThat(settings().integer("transfer.epochs", null, 1)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "ten", "1.5", "0x10", "99999999999"})
  void wholeNumbersOutOfRangeAreRefused(String text) {
    assertThatThrownBy(() -> settings().integer("transfer.epochs", text, 1))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "transfer.epochs cannot be '%s'. Legal: whole numbers from 1%n"
                + "  -> set -Dtransfer.epochs, or its element in the POM, to such a number",
            text);
  }

  @Test
  void ratesAreAboveZero() {
    assertThat(settings().positive("transfer.learningRate", "1e-3")).isEqualTo(0.001);
    assertThat(settings().positive("transfer.learningRate", null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.1", "NaN", "Infinity", "fast"})
  void ratesOutOfRangeAreRefused(String text) {
    assertThatThrownBy(() -> settings().positive("transfer.learningRate", text))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "transfer.learningRate cannot be '%s'. Legal: numbers above 0", text);
  }

  @Test
  void fractionsAreBetweenZeroAndOne() {
    assertThat(settings().fraction("transfer.validationFraction", "0.25", 0.1)).isEqualTo(0.25);
    assertThat(settings().fraction("transfer.validationFraction", null, 0.1)).isEqualTo(0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "15", "NaN", "15%"})
  void fractionsOutOfRangeAreRefused(String text) {
    assertThatThrownBy(() -> settings().fraction("transfer.validationFraction", text, 0.1))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "transfer.validationFraction cannot be '%s'. Legal: numbers between 0 and 1, exclusive",
            text);
  }

  @Test
  void switchesAreOnOffOrRefused() {
    assertThat(settings().flag("transfer.skip", false)).isFalse();
    assertThat(settings().flag("transfer.skip", true)).isTrue();
    commandLine.setProperty("transfer.skip", "false");
    assertThat(settings().flag("transfer.skip", true)).isFalse();
    commandLine.setProperty("transfer.skip", "TRUE");
    assertThat(settings().flag("transfer.skip", false)).isTrue();
    commandLine.setProperty("transfer.skip", "yes");
    assertThatThrownBy(() -> settings().flag("transfer.skip", false))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "transfer.skip cannot be 'yes'. Legal: true, false%n"
                + "  -> set -Dtransfer.skip to one of them",
            new Object[0]);
  }

  private Settings settings() {
    return new Settings(commandLine, project);
  }
}
