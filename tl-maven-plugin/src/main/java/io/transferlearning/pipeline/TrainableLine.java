package io.transferlearning.pipeline;

import io.transferlearning.network.Network;
import io.transferlearning.network.Parameter;
import io.transferlearning.network.Stages;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The console's line about what of a network is trained. */
final class TrainableLine {
  private TrainableLine() {}

  /**
   * The line.
   *
   * @param freezeUpTo path of the last module that fine-tuning leaves as it is; null where it
   *     leaves none
   */
  static String of(Network network, Mode mode, @Nullable String freezeUpTo) {
    long all = network.trainableElements();
    boolean head = mode == Mode.FEATURE_EXTRACTION;
    long trainable =
        head
            ? elements(network, network.headParameters())
            : all
                - elements(network, Stages.of(network).upTo(freezeUpTo == null ? "" : freezeUpTo));
    return String.format(
        Locale.ROOT,
        "%s: trainable %,d of %,d parameters%s",
        mode.text(),
        trainable,
        all,
        head ? " (" + network.head() + ")" : "");
  }

  /** Of parameters; statistics beside them are not trained anyway. */
  private static long elements(Network network, Collection<String> names) {
    return names.stream()
        .map(network::parameter)
        .filter(parameter -> parameter.role().trained())
        .mapToLong(Parameter::elements)
        .sum();
  }
}
