package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.transferlearning.engine.OutOfTensorMemory;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.evaluation.Epoch;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is promised of a GPU; skipped where libtorch sees none. One that does comes from outside:
 * {@code PYTORCH_LIBRARY_PATH} and {@code PYTORCH_FLAVOR} name it.
 */
class GpuTest {
  /** cuDNN convolves in TF32, whose significand has ten bits. */
  private static final double TOLERANCE = 1e-3;

  /** bfloat16 has seven, and errors of a dozen steps add up. */
  private static final double TOLERANCE_OF_BF16 = 2e-2;

  private final Processor gpu = Processor.start("auto", 2, 1);
  private final Path folder;

  GpuTest(@TempDir Path folder) {
    this.folder = folder;
    assumeTrue(gpu.name().startsWith("gpu"), "no GPU that libtorch sees");
  }

  @Test
  void stepsLeadWhereThoseOfTheCpuDo() throws IOException {
    double expected = loss(Processor.start("cpu", 2, 1), Numerics.SINGLE);

    assertThat(loss(gpu, Numerics.SINGLE)).isCloseTo(expected, within(TOLERANCE * expected));
    assertThat(loss(gpu, Numerics.MIXED)).isCloseTo(expected, within(TOLERANCE_OF_BF16 * expected));
  }

  @Test
  void twoTrainingsOfOneSeedAgree() throws IOException {
    double first = loss(gpu, Numerics.SINGLE);

    assertThat(loss(gpu, Numerics.SINGLE)).isCloseTo(first, within(TOLERANCE * first));
  }

  @Test
  void memoryStaysFlatOverEpochs() throws IOException {
    List<Long> used = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void finished(Epoch epoch, int epochs, boolean best) {
            used.add(CudaUtils.getGpuMemory(Device.gpu()).getCommitted());
          }
        };
    TrainingTask task =
        SmallTask.on(SmallTask.of(folder, SmallTask.RESNET, 1), gpu, Numerics.MIXED);

    new FineTuning(
            SmallTask.heard(task, listener), Recipe.fineTuning().withEpochs(8).withPatience(0))
        .train(SmallTask.random(SmallTask.RESNET, 1));

    // The allocator keeps what the first two epochs needed.
    assertThat(used).hasSize(8);
    assertThat(used.get(7)).isLessThanOrEqualTo(used.get(1));
  }

  @Test
  void twoModulesThatShareABatchStepAsOne() throws IOException {
    double alone = Steps.loss(steps(gpu, Numerics.SINGLE).on(1, 1));

    assertThat(Steps.loss(steps(gpu, Numerics.SINGLE).on(2, 1)))
        .isCloseTo(alone, within(TOLERANCE * alone));
  }

  @Test
  void memoryThatIsNotThereIsTold() throws IOException {
    Path archive = folder.resolve("exhausting.pt");
    String code =
        """
          def exhaust(self: __torch__.Network, like: Tensor) -> Tensor:
            return torch.zeros([1099511627776], dtype=6, device=like.device)
        """;
    TorchScript.write(
        archive,
        SmallTask.RESNET,
        SmallTask.random(SmallTask.RESNET, 1),
        new TorchScript.Methods(List.of(), code));
    try (TorchModule module = gpu.load(archive);
        TorchModule.Scope scope = module.scope()) {
      assertThatThrownBy(() -> module.call("exhaust", scope.integers(0)))
          .isInstanceOf(OutOfTensorMemory.class);
    }
  }

  private double loss(Processor processor, Numerics numerics) throws IOException {
    return Steps.loss(steps(processor, numerics).on(1, 1));
  }

  private Steps steps(Processor processor, Numerics numerics) throws IOException {
    TrainingTask task = SmallTask.of(folder, SmallTask.RESNET, 1);
    Map<String, Tensor> start = SmallTask.random(SmallTask.RESNET, 1);
    return new Steps(
        SmallTask.on(task, processor, numerics),
        Recipe.fineTuning().withBatchSize(Steps.IMAGES),
        start);
  }
}
