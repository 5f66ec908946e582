package io.transferlearning.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.Network;
import io.transferlearning.network.Parameter;
import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network with weights, loaded into libtorch so that it can train: the methods of {@link
 * TrainingCode} as Java.
 */
final class TrainableModule implements AutoCloseable {
  private final Network network;
  private final TorchModule module;

  /** How to put a batch of inputs on the device. */
  interface Inputs {
    NDArray in(TorchModule.Scope scope);
  }

  private TrainableModule(Network network, TorchModule module) {
    this.network = network;
    this.module = module;
  }

  /**
   * Writes the module into {@code workFolder} and loads it.
   *
   * @param tensors the starting weights, complete
   */
  static TrainableModule load(
      Processor processor,
      Path workFolder,
      Network network,
      Map<String, Tensor> tensors,
      Preprocessing preprocessing,
      TrainingCode code)
      throws IOException {
    Path archive = workFolder.resolve("trainable.pt");
    String methods = code.methods(preprocessing);
    TorchScript.write(
        archive, network, tensors, new TorchScript.Methods(TrainingCode.STATE, methods));
    TorchModule module = processor.load(archive);
    Files.delete(archive);
    try (TorchModule.Scope scope = module.scope()) {
      module.call("begin", scope.integers(0));
    }
    return new TrainableModule(network, module);
  }

  /** One step of the optimizer. */
  Totals step(Inputs inputs, long[] labels, double bodyRate, double headRate) {
    return step(inputs, labels, bodyRate, headRate, Mixture.NONE);
  }

  /** One step of the optimizer on images that are mixed with each other. */
  Totals step(Inputs inputs, long[] labels, double bodyRate, double headRate, Mixture mixture) {
    try (TorchModule.Scope scope = module.scope()) {
      NDList result =
          module.callWithGradients(
              "step",
              inputs.in(scope),
              scope.integers(labels),
              scope.doubles(bodyRate, headRate),
              scope.doubles(mixture.numbers()));
      return totals(result, labels.length);
    }
  }

  /** Loss and correct predictions in evaluation mode. */
  Totals measure(Inputs inputs, long[] labels) {
    try (TorchModule.Scope scope = module.scope()) {
      return totals(
          module.call("measure", inputs.in(scope), scope.integers(labels)), labels.length);
    }
  }

  /** Features of pixels, in evaluation mode: 32-bit floats, one row an image. */
  ByteBuffer features(ByteBuffer pixels, int images, int size) {
    try (TorchModule.Scope scope = module.scope()) {
      NDArray batch = scope.bytes(pixels, images, size, size, 3);
      return module.call("features_of", batch).singletonOrThrow().toByteBuffer(false);
    }
  }

  /** A copy of all parameters and buffers, on the host. */
  Map<String, Tensor> state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (TorchModule.Scope scope = module.scope()) {
      NDList state = module.call("state", scope.integers(0));
      int i = 0;
      for (Parameter parameter : network.parameters().values()) {
        DType type = parameter.role() == Parameter.Role.COUNTER ? DType.I64 : DType.F32;
        ByteBuffer bytes = state.get(i++).toByteBuffer(false);
        tensors.put(parameter.name(), new Tensor(type, parameter.shape(), bytes));
      }
    }
    return tensors;
  }

  private static Totals totals(NDList result, int images) {
    float[] numbers = result.singletonOrThrow().toFloatArray();
    return new Totals(numbers[0], Math.round(numbers[1]), images);
  }

  @Override
  public void close() {
    module.close();
  }
}
