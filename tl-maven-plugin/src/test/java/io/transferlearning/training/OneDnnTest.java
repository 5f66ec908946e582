package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.transferlearning.engine.Processor;
import io.transferlearning.network.Network;
import io.transferlearning.network.SmallNetworks;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.Numerics.Kernels;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** Evaluation by oneDNN's kernels, and how it is found whether there are any. */
class OneDnnTest {
  private static final int SIZE = SmallTask.PREPROCESSING.crop();
  private static final int IMAGES = 6;
  private static final long[] LABELS = {0, 1, 2, 0, 1, 1};

  private final Path folder;

  OneDnnTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  @EnabledOnOs(architectures = {"amd64", "x86_64"})
  void libtorchForACpuHasThem() throws IOException {
    Processor processor = Processor.start("cpu", 2, 1);

    Numerics found = OneDnn.of(Numerics.SINGLE, processor, folder);

    assertThat(found).isEqualTo(Numerics.SINGLE.with(Kernels.ONEDNN));
    requireNothingLeft();
  }

  /** oneDNN computes in bf16 from avx512bw on. */
  @Test
  void inBf16TheyAreWhereTheProcessorHasIt() throws IOException {
    Processor processor = Processor.start("cpu", 2, 1);

    Numerics found = OneDnn.of(Numerics.MIXED, processor, folder);

    assertThat(found.with(Kernels.COMMON)).isEqualTo(Numerics.MIXED);
    if (processor.bf16() && System.getProperty("os.arch").equals("amd64")) {
      assertThat(found.kernels()).isEqualTo(Kernels.ONEDNN);
    }
    requireNothingLeft();
  }

  @Test
  void operationsThatLibtorchLacksAreNotUsed() throws IOException {
    Processor processor = Processor.start("cpu", 2, 1);
    String unknown =
        """
          def probe(self: __torch__.Network, x: Tensor) -> Tensor:
            return ops.mkldnn._convolution_of_another_version(x, x)
        """;

    assertThat(OneDnn.kernels(processor, folder, unknown)).isEqualTo(Kernels.COMMON);
    requireNothingLeft();
  }

  private void requireNothingLeft() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** What is kept of the weights is of the weights as they are. */
  @Test
  void measurementsFollowTheTraining() throws IOException {
    Numerics here = OneDnn.of(Numerics.SINGLE, Processor.start("cpu", 2, 1), folder);
    assumeThat(here.kernels()).isEqualTo(Kernels.ONEDNN);
    List<Double> common = losses(Kernels.COMMON);
    List<Double> oneDnn = losses(Kernels.ONEDNN);

    assertThat(common).doesNotHaveDuplicates();
    for (int i = 0; i < common.size(); i++) {
      assertThat(oneDnn.get(i)).isCloseTo(common.get(i), within(1e-4 * common.get(i)));
    }
  }

  /**
   * Before a step, after it, after what is measured has taken its place, and after another step.
   */
  private List<Double> losses(Kernels kernels) throws IOException {
    Network network = SmallNetworks.normalised();
    TrainingTask task = SmallTask.of(folder.resolve(kernels.name()), network, 1);
    Recipe recipe =
        Recipe.fineTuning()
            .withBatchNorm(Recipe.BatchNorm.BATCH)
            .withRegularisation(new Regularisation(0.1, 0.9, 0.25));
    Map<String, Tensor> start = SmallTask.random(network, 1);
    ByteBuffer pixels = ByteBuffer.allocateDirect(IMAGES * SIZE * SIZE * 3);
    byte[] noise = new byte[pixels.capacity()];
    new Random(1).nextBytes(noise);
    pixels.put(noise).clear();
    TrainableModule.Inputs inputs = scope -> scope.bytes(pixels, IMAGES, SIZE, SIZE, 3);
    List<Double> losses = new ArrayList<>();
    try (TrainableModule module =
        TrainableModule.of(
            SmallTask.on(task, task.processor(), Numerics.SINGLE.with(kernels)),
            recipe,
            TrainingCode.Scope.EVERYTHING,
            start)) {
      losses.add(module.measure(inputs, LABELS).lossSum());
      module.step(inputs, LABELS, 1e-3, 1e-2);
      losses.add(module.measure(inputs, LABELS).lossSum());
      module.swap();
      losses.add(module.measure(inputs, LABELS).lossSum());
      module.swap();
      module.step(inputs, LABELS, 1e-3, 1e-2);
      losses.add(module.measure(inputs, LABELS).lossSum());
    }
    return losses;
  }
}
