package io.transferlearning.maven;

import io.transferlearning.network.Networks;
import io.transferlearning.network.Stages;
import io.transferlearning.pipeline.Tuning;
import io.transferlearning.pipeline.TuningWords;
import io.transferlearning.problem.ConfigurationProblems;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** What users say about fine-tuning, checked before a JVM is started. */
final class TuningSettings {
  private static final List<String> SWITCH = List.of("true", "false");

  private final Settings settings;
  private final TrainingParameters said;

  private TuningSettings(Settings settings, TrainingParameters said) {
    this.settings = settings;
    this.said = said;
  }

  /**
   * Reads them.
   *
   * @param network torchvision's name, for the layers that can be frozen
   * @throws io.transferlearning.problem.Problem for a value that is not legal
   */
  static Tuning of(Settings settings, TrainingParameters said, String network) {
    return new TuningSettings(settings, said).read(network);
  }

  private Tuning read(String network) {
    return new Tuning(
        word("transfer.preset", said.preset, TuningWords.PRESETS),
        word("transfer.optimizer", said.optimizer, TuningWords.OPTIMIZERS),
        belowOne("transfer.momentum", said.momentum),
        flag("transfer.nesterov", said.nesterov),
        fromZero("transfer.weightDecay", said.weightDecay),
        settings.positive("transfer.headLearningRate", said.headLearningRate),
        number("transfer.layerDecay", said.layerDecay, x -> x > 0 && x <= 1, "above 0 to 1"),
        fromZero("transfer.clipNorm", said.clipNorm),
        settings.integer("transfer.accumulation", said.accumulation, 1),
        belowOne("transfer.ema", said.ema),
        belowOne("transfer.startShare", said.startShare),
        belowOne("transfer.labelSmoothing", said.labelSmoothing),
        word("transfer.schedule", said.schedule, TuningWords.SCHEDULES),
        layer(network),
        flag("transfer.gradualUnfreezing", said.gradualUnfreezing),
        word("transfer.batchNorm", said.batchNorm, TuningWords.BATCH_NORMS),
        settings.positive("transfer.maxMinutes", said.maxMinutes),
        flag("transfer.findLearningRate", said.findLearningRate));
  }

  private @Nullable String layer(String network) {
    String path = settings.text("transfer.freezeUpTo", said.freezeUpTo);
    if (path != null) {
      Stages.of(Networks.of(network, 2)).upTo(path);
    }
    return path;
  }

  private @Nullable String word(String property, @Nullable String element, List<String> legal) {
    String text = settings.text(property, element);
    String word = text == null ? null : text.toLowerCase(Locale.ROOT);
    if (word != null && !legal.contains(word)) {
      throw ConfigurationProblems.illegal(property, word, legal);
    }
    return word;
  }

  private @Nullable Boolean flag(String property, @Nullable String element) {
    String word = word(property, element, SWITCH);
    return word == null ? null : word.equals("true");
  }

  private @Nullable Double belowOne(String property, @Nullable String element) {
    return number(property, element, x -> x >= 0 && x < 1, "from 0 to below 1");
  }

  private @Nullable Double fromZero(String property, @Nullable String element) {
    return number(property, element, x -> x >= 0 && Double.isFinite(x), "from 0");
  }

  private @Nullable Double number(
      String property, @Nullable String element, DoublePredicate legal, String range) {
    String text = settings.text(property, element);
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      if (legal.test(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The message below says it better.
    }
    throw ConfigurationProblems.notInRange(property, text, "numbers " + range);
  }
}
