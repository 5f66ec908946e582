package io.transferlearning.maven;

import io.transferlearning.pipeline.Mode;
import io.transferlearning.pipeline.Tuning;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings that mean nothing where nothing is fine-tuned. */
final class FineTuningOnly {
  /** Their properties. */
  static final List<String> PROPERTIES =
      Stream.concat(
              Stream.of(Tuning.class.getRecordComponents())
                  .map(RecordComponent::getName)
                  .map(name -> "transfer." + name),
              AugmentationSettings.PROPERTIES.stream())
          .toList();

  private FineTuningOnly() {}

  /**
   * What to tell a user who gave such settings in vain.
   *
   * @param settings of which all have been looked up
   * @return empty where something is fine-tuned, or where there are none
   */
  static Optional<String> warning(Settings settings, List<Mode> modes) {
    List<String> given = settings.given(PROPERTIES);
    if (modes.contains(Mode.FINETUNE) || given.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "only fine-tuning uses "
            + String.join(", ", given)
            + ": set -Dtransfer.mode=finetune, or both, or leave "
            + (given.size() == 1 ? "it" : "them")
            + " out");
  }
}
