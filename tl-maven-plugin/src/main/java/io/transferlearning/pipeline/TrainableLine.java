package io.transferlearning.pipeline;

import io.transferlearning.network.Network;
import java.util.Locale;

/** The console's line about what of a network is trained. */
final class TrainableLine {
  private TrainableLine() {}

  static String of(Network network, Mode mode) {
    long all = network.trainableElements();
    long head =
        network.headParameters().stream()
            .mapToLong(name -> network.parameter(name).elements())
            .sum();
    return String.format(
        Locale.ROOT,
        "%s: trainable %,d of %,d parameters%s",
        mode.text(),
        mode == Mode.FEATURE_EXTRACTION ? head : all,
        all,
        mode == Mode.FEATURE_EXTRACTION ? " (" + network.head() + ")" : "");
  }
}
