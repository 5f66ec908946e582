package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.SmallNetworks;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.Numerics.Kernels;
import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trunks written for speed, beside the network's own: features and gradients of all parameters,
 * relative to the largest of each tensor.
 */
class NumericsTest {
  private static final int IMAGES = 4;
  private static final int SIZE = 64;

  private final Processor processor = Processor.start("cpu", 2, 1);
  private final Path folder;

  NumericsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "squeezenet1_1", "densenet121", "vgg11_bn"})
  void withFixedStatisticsItIsTheSameFunction(String name) throws IOException {
    Network network = Networks.of(name, 3);
    List<float[]> own = run(network, "self.trunk(x, False, False, )", "");

    List<float[]> fast = fast(network, Numerics.SINGLE, norm -> false);

    requireClose(own, fast, 1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = "resnet18")
  void byTheBatchItIsTheSameFunction(String name) throws IOException {
    Network network = Networks.of(name, 3);
    List<float[]> own = run(network, "self.trunk(x, True, False, )", "");

    List<float[]> fast = fast(network, Numerics.SINGLE, norm -> true);

    requireClose(own, fast, 1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = "resnet18")
  void inHalfThePrecisionItIsNearlyTheSameFunction(String name) throws IOException {
    Network network = Networks.of(name, 3);
    float[] own = run(network, "self.trunk(x, False, False, )", "").get(0);

    float[] mixed = fast(network, Numerics.MIXED, norm -> false).get(0);

    // Eight bits of significand are a relative step of 0.4 %, and there are some twenty layers.
    assertThat(mixed).isNotEqualTo(own);
    requireClose(List.of(own), List.of(mixed), 0.05);
  }

  /** To the bit: parameters in rows, and each by itself. */
  @ParameterizedTest
  @CsvSource({"resnet18, false", "resnet18, true", "squeezenet1_1, false", "densenet121, false"})
  void whatIsComputedTogetherIsWhatEachIsByItself(String name, boolean batch) throws IOException {
    Network network = Networks.of(name, 3);
    List<String> names = List.copyOf(network.parameters().keySet());

    List<float[]> together = fast(network, Numerics.MIXED, norm -> batch, parameter -> 0);
    List<float[]> apart = fast(network, Numerics.MIXED, norm -> batch, names::indexOf);

    assertThat(together).hasSameSizeAs(apart);
    for (int tensor = 0; tensor < apart.size(); tensor++) {
      assertThat(together.get(tensor)).as("tensor %d", tensor).isEqualTo(apart.get(tensor));
    }
  }

  /** Twice: what is kept from the first call, and overwritten on the way, changes nothing. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 64, FP32, 1e-5",
    "resnet50, 64, FP32, 1e-5",
    "squeezenet1_1, 64, FP32, 1e-5",
    "densenet121, 64, FP32, 1e-5",
    "vgg11_bn, 64, FP32, 1e-5",
    "alexnet, 64, FP32, 1e-5",
    "resnet50, 64, BF16, 0.05",
    "resnet50, 32, BF16, 0.05",
    "squeezenet1_1, 64, BF16, 0.05",
    "densenet121, 64, BF16, 0.05",
  })
  void byOneDnnItIsTheSameFunction(
      String name, int size, Numerics.Precision precision, double tolerance) throws IOException {
    requireSameByOneDnn(Networks.of(name, 3), size, precision, tolerance);
  }

  /** Sums whose inputs are needed later, are images, or have no ReLU after them. */
  @ParameterizedTest
  @CsvSource({"FP32, 1e-5", "BF16, 0.05"})
  void sumsOfAnyKindAreTheSame(Numerics.Precision precision, double tolerance) throws IOException {
    requireSameByOneDnn(SmallNetworks.sums(), SIZE, precision, tolerance);
  }

  /** Maps that are joined for convolutions, before pooling or after it, and for others. */
  @ParameterizedTest
  @CsvSource({"FP32, 1e-5", "BF16, 0.05"})
  void joinsOfAnyKindAreTheSame(Numerics.Precision precision, double tolerance) throws IOException {
    requireSameByOneDnn(SmallNetworks.joins(), SIZE, precision, tolerance);
  }

  /** Of SqueezeNet's eight joins only the last is made: its maps are the features. */
  @Test
  void mapsAreNotJoinedForConvolutions() {
    String code =
        TorchScript.oneDnnTrunk(Networks.of("squeezenet1_1", 3), "fast", Numerics.SINGLE, "kept");

    assertThat(code.split("torch\\.cat\\(", -1)).hasSize(2);
  }

  private void requireSameByOneDnn(
      Network network, int size, Numerics.Precision precision, double tolerance)
      throws IOException {
    Numerics numerics = new Numerics(precision, Numerics.Layout.CHANNELS_LAST);
    assumeThat(OneDnn.of(numerics, processor, folder).kernels()).isEqualTo(Kernels.ONEDNN);
    String code =
        TorchScript.oneDnnTrunk(network, "fast", numerics, "kept")
            + ImageCode.methods(Preprocessing.imagenet(size), "self.fast(x, )")
            + """
              def own(self: __torch__.Network, pixels: Tensor) -> Tensor:
                return self.trunk(self.images(pixels, ), False, False, )
            """;
    try (TorchModule module = module(network, List.of("kept", ImageCode.CHANNELS), code);
        TorchModule.Scope scope = module.scope()) {
      float[] own = features(module, scope, "own", size);

      float[] first = features(module, scope, "features_of", size);
      float[] second = features(module, scope, "features_of", size);

      requireClose(List.of(own), List.of(first), tolerance);
      assertThat(second).isEqualTo(first);
    }
  }

  private static float[] features(
      TorchModule module, TorchModule.Scope scope, String method, int size) {
    ByteBuffer pixels = pixels().limit(IMAGES * size * size * 3);
    return module
        .call(method, scope.bytes(pixels, IMAGES, size, size, 3))
        .singletonOrThrow()
        .toFloatArray();
  }

  private TorchModule module(Network network, List<String> lists, String code) throws IOException {
    Path archive = folder.resolve("module.pt");
    TorchScript.write(
        archive,
        network,
        start(network),
        Numerics.Layout.CHANNELS_LAST,
        new TorchScript.Methods(lists, code));
    return processor.load(archive);
  }

  private List<float[]> fast(Network network, Numerics numerics, Predicate<String> batch)
      throws IOException {
    return fast(network, numerics, batch, parameter -> 0);
  }

  private List<float[]> fast(
      Network network, Numerics numerics, Predicate<String> batch, ToIntFunction<String> stage)
      throws IOException {
    String code = TorchScript.trunk(network, "fast", numerics, batch, stage);
    return run(network, "self.fast(x, False, )", code);
  }

  /** The features, then the gradient of each parameter of the trunk and each statistic. */
  private List<float[]> run(Network network, String features, String code) throws IOException {
    Map<String, Tensor> start = start(network);
    String trunk =
        network.parameters().values().stream()
            .filter(parameter -> parameter.role().trained())
            .filter(parameter -> !network.headParameters().contains(parameter.name()))
            .map(parameter -> TorchScript.access(parameter.name()))
            .collect(Collectors.joining(", ", "[", "]"));
    String methods =
        """
          def run(self: __torch__.Network, pixels: Tensor) -> List[Tensor]:
            x = self.images(pixels, )
            features = %s
            parameters = %s
            optional = torch.grad([torch.sum(torch.mul(features, features))], parameters, None, None, False, False)
            results = [torch.detach(features)]
            for i in range(len(optional)):
              gradient = optional[i]
              if gradient is not None:
                _0 = torch.append(results, gradient)
            return results
        """
            .formatted(features, trunk);
    Path archive = folder.resolve("module.pt");
    TorchScript.write(
        archive,
        network,
        start,
        new TorchScript.Methods(
            List.of(), code + ImageCode.methods(network, Preprocessing.imagenet(SIZE)) + methods));
    try (TorchModule module = processor.load(archive);
        TorchModule.Scope scope = module.scope()) {
      return module.callWithGradients("run", scope.bytes(pixels(), IMAGES, SIZE, SIZE, 3)).stream()
          .map(array -> array.toFloatArray())
          .toList();
    }
  }

  /** Random weights, and statistics and scales that are no identity. */
  private static Map<String, Tensor> start(Network network) {
    Map<String, Tensor> start =
        new java.util.LinkedHashMap<>(StartingWeights.of(network, "none", Optional.empty(), 1));
    Random random = new Random(5);
    network
        .parameters()
        .values()
        .forEach(
            parameter -> {
              boolean norm = parameter.role() == io.transferlearning.network.Parameter.Role.NORM;
              boolean statistic =
                  parameter.role() == io.transferlearning.network.Parameter.Role.STATISTIC;
              if (norm || statistic) {
                float[] values = new float[Math.toIntExact(parameter.elements())];
                boolean positive = !parameter.name().endsWith("mean");
                for (int i = 0; i < values.length; i++) {
                  values[i] =
                      positive ? 0.75f + random.nextFloat() / 2 : random.nextFloat() / 2 - 0.25f;
                }
                start.put(parameter.name(), Tensor.of(values, parameter.shape().get(0)));
              }
            });
    return start;
  }

  private static ByteBuffer pixels() {
    byte[] bytes = new byte[IMAGES * SIZE * SIZE * 3];
    new Random(7).nextBytes(bytes);
    return ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder()).put(bytes).flip();
  }

  private static void requireClose(List<float[]> expected, List<float[]> actual, double part) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int tensor = 0; tensor < expected.size(); tensor++) {
      float[] one = expected.get(tensor);
      float[] other = actual.get(tensor);
      assertThat(other).hasSameSizeAs(one);
      double largest = 0;
      double difference = 0;
      for (int i = 0; i < one.length; i++) {
        largest = Math.max(largest, Math.abs(one[i]));
        difference = Math.max(difference, Math.abs(one[i] - other[i]));
      }
      assertThat(difference).as("tensor %d", tensor).isLessThanOrEqualTo(part * largest);
    }
  }
}
