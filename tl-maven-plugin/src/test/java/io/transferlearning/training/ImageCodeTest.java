package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pixels to the floats that networks take, beside the formula in Java's floats. */
class ImageCodeTest {
  private static final int IMAGES = 2;
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;

  @Test
  void pixelsAreNormalisedChannelByChannel(@TempDir Path folder) throws IOException {
    Preprocessing preprocessing = Preprocessing.imagenet(64);
    Path archive = folder.resolve("module.pt");
    TorchScript.write(
        archive,
        SmallTask.SQUEEZENET,
        SmallTask.random(SmallTask.SQUEEZENET, 1),
        new TorchScript.Methods(List.of(), ImageCode.methods(preprocessing)));
    byte[] pixels = new byte[IMAGES * HEIGHT * WIDTH * 3];
    new Random(1).nextBytes(pixels);
    float[] result;
    try (TorchModule module = Processor.start("cpu", 2, 1).load(archive);
        TorchModule.Scope scope = module.scope()) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(pixels.length).put(0, pixels);
      NDArray images =
          module.call("images", scope.bytes(bytes, IMAGES, HEIGHT, WIDTH, 3)).singletonOrThrow();
      assertThat(images.getShape().getShape()).containsExactly(IMAGES, 3, HEIGHT, WIDTH);
      result = images.toFloatArray();
    }

    double[] mean = channels(preprocessing.mean());
    double[] deviation = channels(preprocessing.deviation());
    for (int i = 0; i < pixels.length; i++) {
      int channel = i % 3;
      int position = i / 3 % (HEIGHT * WIDTH);
      int image = i / (3 * HEIGHT * WIDTH);
      float expected =
          ((pixels[i] & 0xFF) - (float) (mean[channel] * 255)) / (float) (deviation[channel] * 255);
      assertThat(result[(image * 3 + channel) * HEIGHT * WIDTH + position]).isEqualTo(expected);
    }
  }

  private static double[] channels(Preprocessing.Channels channels) {
    return new double[] {channels.red(), channels.green(), channels.blue()};
  }
}
