package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What libtorch computes through our TorchScript is what torchvision computes. */
class NetworkParityTest {
  /** Single precision against double, as a part of the largest logit. */
  private static final double TOLERANCE = 1e-4;

  /** A member of each family, and each special form of a block. */
  private static final Set<String> USUAL =
      Set.of(
          "resnet18", "resnet50_v1", "resnext50_32x4d", "alexnet", "squeezenet1_1", "densenet121");

  private static Processor processor;

  @BeforeAll
  static void startProcessor() {
    processor = Processor.start("cpu", 2, 42);
  }

  static Stream<GoldenNetwork> usual() {
    return GoldenNetwork.all().filter(golden -> USUAL.contains(golden.name()));
  }

  static Stream<GoldenNetwork> others() {
    return GoldenNetwork.all().filter(golden -> !USUAL.contains(golden.name()));
  }

  @ParameterizedTest
  @MethodSource("usual")
  void computesTorchvisionsLogits(GoldenNetwork golden, @TempDir Path folder) throws IOException {
    requireParity(golden, folder);
  }

  /** VGG-19 alone is 575 MB of weights. */
  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("others")
  void everyOtherNetworkComputesTorchvisionsLogits(GoldenNetwork golden, @TempDir Path folder)
      throws IOException {
    requireParity(golden, folder);
  }

  private static void requireParity(GoldenNetwork golden, Path folder) throws IOException {
    Path archive = folder.resolve(golden.name() + ".pt");
    TorchScript.write(archive, golden.network(), golden.weights(), TorchScript.Methods.NONE);
    try (TorchModule module = processor.load(archive)) {
      Files.delete(archive);
      for (GoldenNetwork.Output output : golden.outputs()) {
        requireParity(golden, module, output);
      }
    }
  }

  private static void requireParity(
      GoldenNetwork golden, TorchModule module, GoldenNetwork.Output output) {
    String title = "%s at %dx%d".formatted(golden.name(), output.height(), output.width());
    try (TorchModule.Scope scope = module.scope()) {
      NDArray images =
          scope.floats(output.images(), output.batch(), 3, output.height(), output.width());
      NDArray logits = module.call("forward", images).singletonOrThrow();
      double difference = output.difference(logits.toFloatArray());
      System.out.printf(Locale.ROOT, "%s: relative difference %.1e%n", title, difference);
      assertThat(logits.getShape().getShape()).as(title).containsExactly(output.batch(), 1000);
      assertThat(difference).as(title).isLessThan(TOLERANCE);
      assertThat(logits.argMax(1).toLongArray()).as(title).containsExactly(argmax(output));
    }
  }

  private static Long[] argmax(GoldenNetwork.Output output) {
    return output.argmax().toArray(new Long[0]);
  }
}
