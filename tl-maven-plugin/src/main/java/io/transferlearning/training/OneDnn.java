package io.transferlearning.training;

import ai.djl.engine.EngineException;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.torchscript.Numerics.Kernels;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether libtorch has oneDNN's kernels. They are no part of torch's public operations, so that
 * their presence is tried and not concluded from a version.
 */
public final class OneDnn {
  /** For 2 it gives relu(2 * 2 + relu(2 * 2)). */
  private static final String PROBE =
      """
        def probe(self: __torch__.Network, x: Tensor) -> Tensor:
          y = ops.mkldnn._convolution_pointwise(x, x, None, [0, 0], [1, 1], [1, 1], 1, "relu", \
      annotate(List[Optional[number]], []), "")
          return ops.mkldnn._convolution_pointwise_(y, x, x, None, [0, 0], [1, 1], [1, 1], 1, \
      "add", 1., "relu", annotate(List[Optional[number]], []), "")
      """;

  private OneDnn() {}

  /**
   * The kernels of a processor.
   *
   * @param workFolder for a file that is gone afterwards
   */
  public static Kernels kernels(Processor processor, Path workFolder) throws IOException {
    return kernels(processor, workFolder, PROBE);
  }

  static Kernels kernels(Processor processor, Path workFolder, String probe) throws IOException {
    if (processor.gpu()) {
      return Kernels.COMMON;
    }
    Path archive = workFolder.resolve("probe.pt");
    TorchScript.write(archive, "probe", probe);
    try (TorchModule module = processor.load(archive);
        TorchModule.Scope scope = module.scope()) {
      float[] result =
          module
              .call("probe", scope.floats(new float[] {2}, 1, 1, 1, 1))
              .singletonOrThrow()
              .toFloatArray();
      return result[0] == 8 ? Kernels.ONEDNN : Kernels.COMMON;
    } catch (EngineException e) {
      // "Unknown builtin op": this libtorch has none.
      return Kernels.COMMON;
    } finally {
      Files.delete(archive);
    }
  }
}
