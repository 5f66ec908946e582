package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.Shapes.Size;
import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesTest {
  /** The {@code _ops} that torchvision documents beside its weights, in 10^9 at 224 pixels. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 1.814",
    "resnet34, 3.664",
    "resnet50, 4.089",
    "resnet101, 7.801",
    "resnet152, 11.514",
    "resnext50_32x4d, 4.230",
    "resnext101_32x8d, 16.414",
    "resnext101_64x4d, 15.460",
    "wide_resnet50_2, 11.398",
    "wide_resnet101_2, 22.753",
    "alexnet, 0.714",
    "vgg11, 7.609",
    "vgg11_bn, 7.609",
    "vgg13, 11.308",
    "vgg13_bn, 11.308",
    "vgg16, 15.470",
    "vgg16_bn, 15.470",
    "vgg19, 19.632",
    "vgg19_bn, 19.632",
    "squeezenet1_0, 0.819",
    "squeezenet1_1, 0.349",
    "densenet121, 2.834",
    "densenet161, 7.728",
    "densenet169, 3.360",
    "densenet201, 4.291"
  })
  void costsWhatTorchvisionDocuments(String name, double billions) {
    long macs = Shapes.multiplyAccumulates(Networks.of(name, 1000), 224, 224);

    assertThat(macs / 1e9).isCloseTo(billions, within(0.0006));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 512, 1",
    "wide_resnet50_2, 2048, 1",
    "resnext50_32x4d, 2048, 1",
    "alexnet, 4096, 1",
    "vgg16, 4096, 1",
    "squeezenet1_0, 512, 13",
    "squeezenet1_1, 512, 13",
    "densenet121, 1024, 1",
    "densenet161, 2208, 1",
    "densenet169, 1664, 1",
    "densenet201, 1920, 1"
  })
  void featuresHaveTheHeadsInputSize(String name, int channels, int side) {
    assertThat(Shapes.features(Networks.of(name, 5), 224))
        .isEqualTo(new Size(channels, side, side));
  }

  @ParameterizedTest
  @CsvSource({"alexnet", "vgg11_bn", "resnet18", "densenet121"})
  void featuresDoNotDependOnTheImagesSizeWherePoolingAdapts(String name) {
    Network network = Networks.of(name, 5);

    assertThat(Shapes.features(network, 96)).isEqualTo(Shapes.features(network, 224));
  }

  @ParameterizedTest
  @CsvSource({
    "54, 3, 2, 0, 27",
    "2, 3, 2, 0, 1",
    "55, 3, 2, 0, 27",
    "3, 2, 2, 1, 2",
    "4, 2, 2, 1, 3",
    "1, 3, 2, 1, 1"
  })
  void ceilModeKeepsAHangingWindowUnlessItStartsInThePadding(
      int length, int kernel, int stride, int padding, int expected) {
    Network network = pooling(kernel, stride, padding, true);

    assertThat(Shapes.features(network, length)).isEqualTo(new Size(3, expected, expected));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 0, true",
    "3, 2, 1, true",
    "2, 2, 0, true",
    "2, 2, 1, true",
    "3, 3, 1, true",
    "2, 3, 1, true",
    "3, 2, 0, false",
    "3, 2, 1, false",
    "2, 2, 0, false"
  })
  void poolingHasTheSizeThatLibtorchGives(
      int kernel, int stride, int padding, boolean ceil, @TempDir Path folder) throws IOException {
    Network network = pooling(kernel, stride, padding, ceil);
    int smallest = ceil && stride > 1 ? Math.max(2, kernel - 1) : kernel;
    Path archive = folder.resolve("pooling.pt");
    TorchScript.write(archive, network, Map.of(), TorchScript.Methods.NONE);
    try (TorchModule module = Processor.start("cpu", 2, 42).load(archive);
        TorchModule.Scope scope = module.scope()) {
      for (int size = smallest; size < 20; size++) {
        ByteBuffer image = ByteBuffer.allocateDirect(3 * size * 21 * Float.BYTES);
        long[] found =
            module
                .call("forward", scope.floats(image, 1, 3, size, 21))
                .singletonOrThrow()
                .getShape()
                .getShape();
        Size expected = Shapes.of(network, size, 21).get(network.trunkEnd());
        assertThat(found).containsExactly(1, 3, expected.height(), expected.width());
      }
    }
  }

  @Test
  void imagesThatVanishAreRefusedAtTheNodeWhereTheyDo() {
    Network alexnet = Networks.of("alexnet", 2);

    assertThat(Shapes.features(alexnet, 63)).isEqualTo(new Size(4096, 1, 1));
    assertThatThrownBy(() -> Shapes.of(alexnet, 62, 64))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "alexnet cannot take images of 62x64: nothing is left of them at maxpool_13"
                + System.lineSeparator()
                + "  -> set -Dtransfer.imageSize or <imageSize> higher; 224 is what the published"
                + " weights were trained at");
  }

  @ParameterizedTest
  @CsvSource({"vgg16, 32", "squeezenet1_1, 17", "densenet121, 29", "resnet18, 1"})
  void theSmallestImagesAreWhatThePoolingLeaves(String name, int smallest) {
    Network network = Networks.of(name, 2);

    assertThat(Shapes.of(network, smallest, smallest)).hasSameSizeAs(network.nodes());
    assertThatThrownBy(() -> Shapes.of(network, smallest - 1, smallest - 1))
        .isInstanceOf(Problem.class);
  }

  private static Network pooling(int kernel, int stride, int padding, boolean ceil) {
    Graph g = new Graph();
    g.features(g.maxPool(g.input(), kernel, stride, padding, ceil));
    return g.build("pooling", 3, "none");
  }
}
