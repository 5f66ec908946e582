package io.transferlearning.training;

import ai.djl.engine.EngineException;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.Numerics.Kernels;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whether libtorch has oneDNN's kernels. They are no part of torch's public operations, so that
 * their presence is tried and not concluded from a version.
 */
public final class OneDnn {
  /**
   * The kernels for sums want images and weights that can be told to have their channels last: two
   * of two by two.
   */
  private static final long[] SHAPE = {2, 2, 2, 2};

  /** For nothing but 2 it gives relu(8 * 2 * 2 + relu(8 * 2 * 2)). */
  private static final String PROBE =
      """
        def probe(self: __torch__.Network, number: Tensor) -> Tensor:
          x = %s
          y = ops.mkldnn._convolution_pointwise(x, x, None, [0, 0], [1, 1], [1, 1], 1, "relu", \
      annotate(List[Optional[number]], []), "")
          z = ops.mkldnn._convolution_pointwise_(y, x, x, None, [0, 0], [1, 1], [1, 1], 1, \
      "add", 1., "relu", annotate(List[Optional[number]], []), "")
          return torch.to(z, 6)
      """;

  private OneDnn() {}

  /**
   * These numerics with the kernels that a processor has for them.
   *
   * @param workFolder for a file that is gone afterwards
   */
  public static Numerics of(Numerics numerics, Processor processor, Path workFolder)
      throws IOException {
    return processor.gpu()
        ? numerics
        : numerics.with(kernels(processor, workFolder, PROBE.formatted(numerics.map("number"))));
  }

  static Kernels kernels(Processor processor, Path workFolder, String probe) throws IOException {
    Path archive = workFolder.resolve("probe.pt");
    TorchScript.write(archive, "probe", probe);
    try (TorchModule module = processor.load(archive);
        TorchModule.Scope scope = module.scope()) {
      float[] twos = new float[16];
      Arrays.fill(twos, 2);
      float[] results =
          module.call("probe", scope.floats(twos, SHAPE)).singletonOrThrow().toFloatArray();
      return Arrays.equals(results, new float[] {64, 64, 64, 64}) ? Kernels.ONEDNN : Kernels.COMMON;
    } catch (EngineException e) {
      // This libtorch has none ("Unknown builtin op"), or none for bf16 on this processor.
      return Kernels.COMMON;
    } finally {
      Files.delete(archive);
    }
  }
}
