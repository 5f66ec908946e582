package io.transferlearning.training;

import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.file.Path;

/** A call of libtorch that asks for more memory than any machine has. */
final class ExhaustedMemory implements AutoCloseable {
  private static final String CODE =
      """
        def exhaust(self: __torch__.Network, like: Tensor) -> Tensor:
          return torch.zeros([1152921504606846976], dtype=6)
      """;

  private final TorchModule module;

  ExhaustedMemory(Path folder, Processor processor) throws IOException {
    Path archive = folder.resolve("exhausting.pt");
    TorchScript.write(archive, "exhausting", CODE);
    this.module = processor.load(archive);
  }

  /**
   * Asks for it.
   *
   * @throws io.transferlearning.engine.OutOfTensorMemory always
   */
  void refuse() {
    try (TorchModule.Scope scope = module.scope()) {
      module.call("exhaust", scope.integers(0));
    }
  }

  @Override
  public void close() {
    module.close();
  }
}
