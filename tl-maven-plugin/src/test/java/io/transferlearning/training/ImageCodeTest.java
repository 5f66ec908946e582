package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pixels to the floats that networks take, and to probabilities. */
class ImageCodeTest {
  private static final int IMAGES = 2;
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;

  @Test
  void pixelsAreNormalisedChannelByChannel(@TempDir Path folder) throws IOException {
    Preprocessing preprocessing = Preprocessing.imagenet(64);
    String code = ImageCode.methods(SmallTask.SQUEEZENET, preprocessing);
    try (TorchModule module = module(folder, List.of(), code)) {
      requireNormalised(module, preprocessing, WIDTH);
    }
  }

  /** What a module keeps is of the width that it last saw. */
  @Test
  void soTheyAreInAModuleThatKeepsMeansAndDeviations(@TempDir Path folder) throws IOException {
    Preprocessing preprocessing = Preprocessing.imagenet(64);
    String code = ImageCode.methods(preprocessing, "x");
    try (TorchModule module = module(folder, List.of(ImageCode.CHANNELS), code)) {
      requireNormalised(module, preprocessing, WIDTH);
      requireNormalised(module, preprocessing, WIDTH);
      requireNormalised(module, preprocessing, WIDTH - 1);
      requireNormalised(module, preprocessing, WIDTH + 1);
    }
  }

  private static TorchModule module(Path folder, List<String> lists, String code)
      throws IOException {
    Path archive = folder.resolve("module.pt");
    TorchScript.write(
        archive,
        SmallTask.SQUEEZENET,
        SmallTask.random(SmallTask.SQUEEZENET, 1),
        new TorchScript.Methods(lists, code));
    return Processor.start("cpu", 2, 1).load(archive);
  }

  private static void requireNormalised(
      TorchModule module, Preprocessing preprocessing, int width) {
    byte[] pixels = new byte[IMAGES * HEIGHT * width * 3];
    new Random(1).nextBytes(pixels);
    float[] result;
    try (TorchModule.Scope scope = module.scope()) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(pixels.length).put(0, pixels);
      NDArray images =
          module.call("images", scope.bytes(bytes, IMAGES, HEIGHT, width, 3)).singletonOrThrow();
      assertThat(images.getShape().getShape()).containsExactly(IMAGES, 3, HEIGHT, width);
      result = images.toFloatArray();
    }

    double[] mean = channels(preprocessing.mean());
    double[] deviation = channels(preprocessing.deviation());
    for (int i = 0; i < pixels.length; i++) {
      int channel = i % 3;
      int position = i / 3 % (HEIGHT * width);
      int image = i / (3 * HEIGHT * width);
      float expected =
          ((pixels[i] & 0xFF) - (float) (mean[channel] * 255)) / (float) (deviation[channel] * 255);
      assertThat(result[(image * 3 + channel) * HEIGHT * width + position]).isEqualTo(expected);
    }
  }

  /** The trunk that is written for speed, beside the network's own. */
  @ParameterizedTest
  @ValueSource(strings = {"squeezenet1_1", "resnet18", "densenet121"})
  void classifyIsTheSoftmaxOfForward(String name, @TempDir Path folder) throws IOException {
    Network network = Networks.of(name, 5);
    Path archive = folder.resolve("module.pt");
    TorchScript.write(
        archive,
        network,
        SmallTask.random(network, 1),
        new TorchScript.Methods(List.of(), ImageCode.methods(network, Preprocessing.imagenet(64))));
    byte[] pixels = new byte[IMAGES * 64 * 64 * 3];
    new Random(1).nextBytes(pixels);
    try (TorchModule module = Processor.start("cpu", 2, 1).load(archive);
        TorchModule.Scope scope = module.scope()) {
      NDArray bytes =
          scope.bytes(ByteBuffer.allocateDirect(pixels.length).put(0, pixels), IMAGES, 64, 64, 3);
      NDArray images = module.call("images", bytes).singletonOrThrow();
      NDArray forward = module.call("forward", images).singletonOrThrow().softmax(1);

      NDArray classified = module.call("classify", bytes).singletonOrThrow();

      assertThat(classified.toFloatArray())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(forward.toFloatArray());
    }
  }

  private static double[] channels(Preprocessing.Channels channels) {
    return new double[] {channels.red(), channels.green(), channels.blue()};
  }
}
