package io.transferlearning.maven;

import io.transferlearning.data.Balance;
import io.transferlearning.data.Sampling;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.data.transform.ColorJitter;
import io.transferlearning.data.transform.Mixing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What users say about training images: a word, and numbers that override what it stands for. */
final class AugmentationSettings {
  private static final Map<String, Augmentation> PRESETS = presets();

  /** All that are about the augmentation. */
  static final List<String> PROPERTIES =
      List.of(
          "transfer.augmentation",
          "transfer.leastArea",
          "transfer.horizontalFlip",
          "transfer.verticalFlip",
          "transfer.rotation",
          "transfer.brightness",
          "transfer.contrast",
          "transfer.saturation",
          "transfer.hue",
          "transfer.trivialAugment",
          "transfer.erasing",
          "transfer.mixup",
          "transfer.cutmix");

  private static final List<String> CLASS_WEIGHTS = List.of("balanced", "none");

  private AugmentationSettings() {}

  static Augmentation augmentation(Settings settings, @Nullable AugmentationParameters given) {
    AugmentationParameters a = given == null ? new AugmentationParameters() : given;
    List<String> words = List.copyOf(PRESETS.keySet());
    String word = settings.word("transfer.augmentation", a.preset, words, "default");
    Augmentation preset = Objects.requireNonNull(PRESETS.get(word));
    String trivial = Boolean.toString(preset.trivialAugment());
    return new Augmentation(
        settings.number("transfer.leastArea", a.leastArea, preset.leastArea()),
        settings.number("transfer.horizontalFlip", a.horizontalFlip, preset.horizontalFlip()),
        settings.number("transfer.verticalFlip", a.verticalFlip, preset.verticalFlip()),
        settings.number("transfer.rotation", a.rotation, preset.rotation()),
        jitter(settings, a, preset.jitter()),
        settings
            .word("transfer.trivialAugment", a.trivialAugment, List.of("true", "false"), trivial)
            .equals("true"),
        settings.number("transfer.erasing", a.erasing, preset.erasing()),
        new Mixing(
            settings.number("transfer.mixup", a.mixup, preset.mixing().mixup()),
            settings.number("transfer.cutmix", a.cutmix, preset.mixing().cutmix())));
  }

  private static ColorJitter jitter(
      Settings settings, AugmentationParameters a, ColorJitter preset) {
    return new ColorJitter(
        settings.number("transfer.brightness", a.brightness, preset.brightness()),
        settings.number("transfer.contrast", a.contrast, preset.contrast()),
        settings.number("transfer.saturation", a.saturation, preset.saturation()),
        settings.number("transfer.hue", a.hue, preset.hue()));
  }

  /** From the weakest to the strongest. */
  private static Map<String, Augmentation> presets() {
    Map<String, Augmentation> presets = new LinkedHashMap<>();
    presets.put("none", Augmentation.NONE);
    presets.put("light", Augmentation.LIGHT);
    presets.put("default", Augmentation.DEFAULT);
    presets.put("trivialaugment", Augmentation.TRIVIAL_AUGMENT);
    presets.put("strong", Augmentation.STRONG);
    return presets;
  }

  static Balance balance(Settings settings, @Nullable TrainingParameters given) {
    TrainingParameters t = given == null ? new TrainingParameters() : given;
    String weights = settings.word("transfer.classWeights", t.classWeights, CLASS_WEIGHTS, "none");
    List<String> words = List.of(Sampling.texts());
    String sampling =
        settings.word("transfer.sampling", t.sampling, words, Sampling.SHUFFLED.text());
    return new Balance(weights.equals("balanced"), Sampling.parse(sampling));
  }
}
