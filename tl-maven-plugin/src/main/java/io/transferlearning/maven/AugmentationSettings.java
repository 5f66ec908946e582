package io.transferlearning.maven;

import io.transferlearning.data.Balance;
import io.transferlearning.data.Sampling;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.data.transform.Mixing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What users say about training images: a word, and numbers that override what it stands for. */
final class AugmentationSettings {
  private static final Map<String, Augmentation> PRESETS =
      new TreeMap<>(
          Map.of(
              "none", Augmentation.NONE,
              "light", Augmentation.LIGHT,
              "default", Augmentation.DEFAULT));

  private static final List<String> CLASS_WEIGHTS = List.of("balanced", "none");

  private AugmentationSettings() {}

  static Augmentation augmentation(Settings settings, @Nullable AugmentationParameters given) {
    AugmentationParameters a = given == null ? new AugmentationParameters() : given;
    List<String> words = List.copyOf(PRESETS.keySet());
    String word = settings.word("transfer.augmentation", a.preset, words, "default");
    Augmentation preset = Objects.requireNonNull(PRESETS.get(word));
    Mixing mixing = preset.mixing();
    return preset
        .withLeastArea(settings.number("transfer.leastArea", a.leastArea, preset.leastArea()))
        .withFlips(
            settings.number(
                "transfer.horizontalFlip", a.horizontalFlip, preset.horizontalFlip()),
            settings.number("transfer.verticalFlip", a.verticalFlip, preset.verticalFlip()))
        .withMixing(
            new Mixing(
                settings.number("transfer.mixup", a.mixup, mixing.mixup()),
                settings.number("transfer.cutmix", a.cutmix, mixing.cutmix())));
  }

  static Balance balance(Settings settings, @Nullable TrainingParameters given) {
    TrainingParameters t = given == null ? new TrainingParameters() : given;
    String weights =
        settings.word("transfer.classWeights", t.classWeights, CLASS_WEIGHTS, "none");
    List<String> words = List.of(Sampling.texts());
    String sampling =
        settings.word("transfer.sampling", t.sampling, words, Sampling.SHUFFLED.text());
    return new Balance(weights.equals("balanced"), Sampling.values()[words.indexOf(sampling)]);
  }
}
