package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import io.transferlearning.Torchvision;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What libtorch computes through our TorchScript is what torchvision computes: beside golden values
 * always, and beside torchvision itself where Python has it.
 */
class NetworkParityTest {
  /** Single precision, as a part of the largest logit. */
  private static final double LOGITS = 1e-4;

  /** Of a loss in double precision. */
  private static final double LOSS = 1e-6;

  /**
   * Of each tensor, as a part of its norm. Double precision mostly gives a millionth; a hundred
   * layers of batch normalisation over few values multiply the last bit to a hundred-thousandth.
   */
  private static final double TRAINING = 1e-3;

  private static Processor processor;
  private static Optional<Torchvision> torchvision = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    processor = Processor.start("cpu", 2, 42);
    torchvision = Torchvision.start("the comparison of all networks with torchvision");
    System.out.println(
        "relative differences from torchvision: logits golden, live, of the training"
            + " trunk; after three steps golden, gradients live, statistics live");
  }

  @AfterAll
  static void end() throws IOException {
    if (torchvision.isPresent()) {
      torchvision.get().close();
    }
  }

  /** All, or those whose names match {@code -Dtest.networks}. */
  static Stream<GoldenNetwork> all() {
    String names = System.getProperty("test.networks", ".*");
    return GoldenNetwork.all().filter(golden -> golden.name().matches(names));
  }

  @ParameterizedTest
  @MethodSource("all")
  void computesWhatTorchvisionComputes(GoldenNetwork golden, @TempDir Path folder)
      throws IOException {
    Network network = golden.network();
    Optional<LiveNetwork> live = Optional.empty();
    if (torchvision.isPresent()) {
      live = Optional.of(LiveNetwork.of(torchvision.get(), network, folder));
      live.get().requireSameDescription();
    }
    try (FormulaModule module =
        FormulaModule.load(processor, network, GoldenTraining.rate(), folder)) {
      double known =
          golden.outputs().stream().mapToDouble(o -> requireLogits(module, o)).max().orElseThrow();
      double logits = 0;
      double fast = 0;
      for (LiveNetwork.Logits expected : live.map(LiveNetwork::logits).orElse(List.of())) {
        logits = Math.max(logits, expected.difference(module, FormulaModule.PUBLISHED));
        fast = Math.max(fast, expected.difference(module, FormulaModule.FAST));
      }
      assertThat(logits).as("logits, live").isLessThan(LOGITS);
      assertThat(fast).as("logits of the training trunk, live").isLessThan(LOGITS);
      module.widen();
      String trained = train(module, network, live);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1e | %.1e | %.1e | %s%n",
          network.name(),
          known,
          logits,
          fast,
          trained);
    }
  }

  private static double requireLogits(FormulaModule module, GoldenNetwork.Output output) {
    float[] logits =
        module.logits(FormulaModule.PUBLISHED, output.batch(), output.height(), output.width());
    double difference = output.difference(logits);
    assertThat(difference).as("logits").isLessThan(LOGITS);
    return difference;
  }

  /** Takes the steps; gives the differences as cells of a table. */
  private static String train(FormulaModule module, Network network, Optional<LiveNetwork> live) {
    Optional<GoldenTraining> golden = GoldenTraining.of(network.name());
    Optional<TrainingSteps> steps =
        live.map(LiveNetwork::steps).or(() -> golden.map(GoldenTraining::steps));
    if (steps.isEmpty()) {
      return "not trained: no golden values, no torchvision |";
    }
    double gradients = descend(module, steps.get(), live);
    try (TorchModule.Scope scope = module.scope()) {
      NDList state = module.state(scope);
      double moved = golden.map(known -> known.difference(network, state)).orElse(0.0);
      double statistics = live.map(known -> known.ofStatistics(state)).orElse(0.0);
      assertThat(moved).as("movement in three steps").isLessThan(TRAINING);
      assertThat(statistics).as("running statistics, live").isLessThan(TRAINING);
      return String.format(Locale.ROOT, "%.1e | %.1e | %.1e |", moved, gradients, statistics);
    }
  }

  /** The steps; the difference of the last one's gradients. */
  private static double descend(
      FormulaModule module, TrainingSteps steps, Optional<LiveNetwork> live) {
    double gradients = 0;
    for (double expected : steps.losses()) {
      try (TorchModule.Scope scope = module.scope()) {
        NDList results =
            module.descend(scope, GoldenTraining.batch(), steps.height(), steps.width());
        double loss = results.remove(0).getDouble();
        assertThat(Math.abs(loss / expected - 1)).as("loss").isLessThan(LOSS);
        boolean last = expected == steps.losses().get(steps.losses().size() - 1);
        gradients = last ? live.map(known -> known.ofGradients(results)).orElse(0.0) : 0;
      }
    }
    assertThat(gradients).as("gradients, live").isLessThan(TRAINING);
    return gradients;
  }
}
