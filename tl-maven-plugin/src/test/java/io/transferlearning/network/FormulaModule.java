package io.transferlearning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.weights.FormulaWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A network with the formula's weights in libtorch, and plain gradient descent in double precision:
 * the twin of {@code torchvision_training.py}.
 */
final class FormulaModule implements AutoCloseable {
  /** The published module's own method. */
  static final String PUBLISHED = "forward";

  /** The trunk as training computes it, normalisations folded into convolutions. */
  static final String FAST = "fast_forward";

  private final TorchModule module;

  private FormulaModule(TorchModule module) {
    this.module = module;
  }

  /** Writes the module into {@code folder}, loads it and deletes the file. */
  static FormulaModule load(Processor processor, Network network, double rate, Path folder)
      throws IOException {
    Path archive = folder.resolve("formula.pt");
    TorchScript.write(
        archive,
        network,
        FormulaWeights.stateDict(network.shapes()).tensors(),
        new TorchScript.Methods(List.of(), methods(network, rate)));
    TorchModule module = processor.load(archive);
    Files.delete(archive);
    return new FormulaModule(module);
  }

  /** Logits of the formula's images, in evaluation mode. */
  float[] logits(String method, int batch, int height, int width) {
    try (TorchModule.Scope scope = module.scope()) {
      return module
          .call(method, images(scope, batch, height, width))
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  /** Turns all parameters into double precision. There is no way back. */
  void widen() {
    try (TorchModule.Scope scope = module.scope()) {
      module.call("widen", scope.integers(0));
    }
  }

  /** Opens a scope for the results of {@link #descend} and {@link #state}. */
  TorchModule.Scope scope() {
    return module.scope();
  }

  /**
   * One step in training mode, without dropout, with the labels 0, 1, ...
   *
   * @return the loss, then the gradient of each trained parameter as 32-bit floats
   */
  NDList descend(TorchModule.Scope scope, int batch, int height, int width) {
    return module.callWithGradients(
        "descend",
        images(scope, batch, height, width),
        scope.integers(LongStream.range(0, batch).toArray()));
  }

  /** All parameters and buffers, in the network's order. */
  NDList state(TorchModule.Scope scope) {
    return module.call("state", scope.integers(0));
  }

  private static NDArray images(TorchModule.Scope scope, int batch, int height, int width) {
    float[] values = FormulaWeights.images(batch, height, width);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    return scope.floats(bytes, batch, 3, height, width);
  }

  /**
   * One statement a parameter: an update through a list that is made in the method would be taken
   * for dead code.
   */
  private static String methods(Network network, double rate) {
    List<String> trained =
        network.parameters().values().stream()
            .filter(parameter -> parameter.role().trained())
            .map(parameter -> TorchScript.access(parameter.name()))
            .toList();
    StringBuilder updates = new StringBuilder();
    for (int i = 0; i < trained.size(); i++) {
      updates.append(
          """
              g%1$d = gradients[%1$d]
              if g%1$d is not None:
                _%1$d = torch.add_(torch.detach(%2$s), g%1$d, alpha=%3$s)
                _ = torch.append(results, torch.to(g%1$d, 6))
          """
              .formatted(i, trained.get(i), -rate));
    }
    String wider =
        network.parameters().values().stream()
            .filter(parameter -> parameter.role() != Parameter.Role.COUNTER)
            .map(parameter -> TorchScript.access(parameter.name()))
            .map("    torch.set_data(%1$s, torch.to(torch.detach(%1$s), 7))\n"::formatted)
            .collect(Collectors.joining());
    String all =
        network.parameters().keySet().stream()
            .map(name -> "torch.detach(" + TorchScript.access(name) + ")")
            .collect(Collectors.joining(", ", "[", "]"));
    return TorchScript.trunk(network, "fixed_trunk", Numerics.SINGLE, norm -> false, parameter -> 0)
        // its features stay in double precision, too
        + TorchScript.trunk(network, "batch_trunk", Numerics.SINGLE, norm -> true, parameter -> 0)
            .replace(", 6)\n", ", 7)\n")
        + """
          def fast_forward(self: __torch__.Network, x: Tensor) -> Tensor:
            return self.head(self.fixed_trunk(x, False, ), False, )
          def widen(self: __torch__.Network, like: Tensor) -> Tensor:
        %s    return like
          def descend(self: __torch__.Network, x: Tensor, labels: Tensor) -> List[Tensor]:
            logits = self.head(self.batch_trunk(torch.to(x, 7), False, ), False, )
            loss = torch.cross_entropy_loss(logits, labels, None, 1, -100, 0.0)
            gradients = torch.grad([loss], %s, None, None, False, False)
            results = [torch.detach(loss)]
        %s    return results
          def state(self: __torch__.Network, like: Tensor) -> List[Tensor]:
            return %s
        """
            .formatted(wider, trained, updates, all);
  }

  @Override
  public void close() {
    module.close();
  }
}
