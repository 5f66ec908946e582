package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Where a setting is looked up, and what is refused. */
class SettingsTest {

  @Test
  void theCommandLineBeatsTheElementAndTheElementThePropertyOfThePom() {
    Properties line = properties("model", "resnet");
    Properties pom = properties("model", "vgg", "transfer.mode", "both");
    Settings settings = new Settings(line, pom);

    assertThat(settings.text("model", "squeezenet")).isEqualTo("resnet");
    assertThat(settings.text("transfer.mode", "finetune")).isEqualTo("finetune");
    assertThat(settings.text("transfer.mode", null)).isEqualTo("both");
    assertThat(settings.text("transfer.weights", null)).isNull();
    assertThat(settings.text("transfer.weights", "  ", "pretrained")).isEqualTo("pretrained");
  }

  @Test
  void aMisspeltPropertyIsRefusedWhereverItStands() {
    Properties typo = properties("transfer.epohcs", "3");

    assertThatThrownBy(() -> new Settings(typo, new Properties()))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("unknown property transfer.epohcs, did you mean 'transfer.epochs'?")
        .hasMessageContaining("known properties: model, transfer.batchSize, ");
    assertThatThrownBy(() -> new Settings(new Properties(), typo)).isInstanceOf(Problem.class);
  }

  @Test
  void propertiesOfOthersAreNotOurs() {
    Settings settings =
        new Settings(properties("maven.transfer.x", "1", "mode", "x"), new Properties());
    assertThat(settings.text("transfer.mode", null)).isNull();
  }

  @Test
  void wholeNumbersAreDecimalAndInTheirRange() {
    assertThat(line("transfer.seed", "042").integer("transfer.seed", null, 0)).isEqualTo(42);
    assertThat(none().integer("transfer.seed", null, 0, 7)).isEqualTo(7);
    for (String wrong : new String[] {"ten", "0", "1.5", "99999999999"}) {
      assertThatThrownBy(() -> line("transfer.epochs", wrong).integer("transfer.epochs", null, 1))
          .hasMessageStartingWith(
              "transfer.epochs cannot be '" + wrong + "'. Legal: whole numbers from 1");
    }
  }

  @Test
  void ratesAreFiniteAndAboveZero() {
    assertThat(line("transfer.learningRate", "1e-3").positive("transfer.learningRate", null))
        .isEqualTo(0.001);
    for (String wrong : new String[] {"fast", "0", "-1", "NaN", "Infinity"}) {
      Settings settings = line("transfer.learningRate", wrong);
      assertThatThrownBy(() -> settings.positive("transfer.learningRate", null))
          .hasMessageStartingWith(
              "transfer.learningRate cannot be '" + wrong + "'. Legal: numbers above 0");
    }
  }

  @Test
  void fractionsLieBetweenZeroAndOne() {
    assertThat(none().fraction("transfer.validationFraction", "0.25", 0.15)).isEqualTo(0.25);
    assertThat(none().fraction("transfer.validationFraction", null, 0.15)).isEqualTo(0.15);
    for (String wrong : new String[] {"0", "1", "NaN", "15%"}) {
      assertThatThrownBy(() -> none().fraction("transfer.validationFraction", wrong, 0.15))
          .hasMessageStartingWith("transfer.validationFraction cannot be '" + wrong + "'");
    }
  }

  @Test
  void aSwitchOfThePomCanBeTurnedOffOnTheCommandLine() {
    assertThat(line("transfer.skip", "true").flag("transfer.skip", false)).isTrue();
    assertThat(line("transfer.skip", "false").flag("transfer.skip", true)).isFalse();
    assertThat(none().flag("transfer.skip", true)).isTrue();
    assertThat(none().flag("transfer.skip", false)).isFalse();
  }

  private static Settings none() {
    return new Settings(new Properties(), new Properties());
  }

  private static Settings line(String property, String value) {
    return new Settings(properties(property, value), new Properties());
  }

  private static Properties properties(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }
}
