package io.transferlearning.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.loader.Batch;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with weights, loaded into libtorch so that it can train: the methods of {@link
 * TrainingCode} as Java.
 */
final class TrainableModule implements AutoCloseable {
  private final Network network;
  private final TorchModule module;
  private final ParameterGroups groups;
  private final List<Count> counts = new ArrayList<>();
  private int first;

  /** Loss and correct predictions of some images, perhaps still being computed. */
  private record Count(NDArray numbers, int images) {}

  /** How to put a batch of inputs on the device. */
  interface Inputs {
    NDArray in(TorchModule.Scope scope);

    /**
     * The pixels of some images of a batch.
     *
     * @param from the first
     * @param images how many
     */
    static Inputs of(Batch batch, int from, int images, Preprocessing preprocessing) {
      int side = preprocessing.crop();
      int bytes = side * side * 3;
      ByteBuffer pixels = batch.pixels().slice(from * bytes, images * bytes);
      return scope -> scope.bytes(pixels, images, side, side, 3);
    }
  }

  private TrainableModule(Network network, TorchModule module, ParameterGroups groups) {
    this.network = network;
    this.module = module;
    this.groups = groups;
  }

  /**
   * What a task trains by a recipe, loaded onto the first device of its processor.
   *
   * @param tensors the starting weights, complete
   */
  static TrainableModule of(
      TrainingTask task, Recipe recipe, TrainingCode.Scope scope, Map<String, Tensor> tensors)
      throws IOException {
    return load(
        task.processor(),
        task.workFolder(),
        task.network(),
        tensors,
        task.preprocessing(),
        code(task, recipe, scope));
  }

  /**
   * The same on each device of its processor, in their order. Only the first has an optimizer, and
   * can be updated.
   *
   * @param tensors the starting weights, complete
   */
  static List<TrainableModule> everywhere(
      TrainingTask task, Recipe recipe, TrainingCode.Scope scope, Map<String, Tensor> tensors)
      throws IOException {
    TrainingCode code = code(task, recipe, scope);
    Path archive = write(task.workFolder(), task.network(), tensors, task.preprocessing(), code);
    List<TrainableModule> modules = new ArrayList<>();
    for (int place = 0; place < task.processor().devices(); place++) {
      TorchModule module = task.processor().load(archive, place);
      modules.add(begin(task.network(), module, code, place == 0));
    }
    Files.delete(archive);
    return modules;
  }

  private static TrainingCode code(TrainingTask task, Recipe recipe, TrainingCode.Scope scope) {
    return new TrainingCode(
        task.network(), recipe, scope, task.numerics(), task.balance().weights(task.dataset()));
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
    Path archive = write(workFolder, network, tensors, preprocessing, code);
    TorchModule module = processor.load(archive);
    Files.delete(archive);
    return begin(network, module, code, true);
  }

  private static Path write(
      Path workFolder,
      Network network,
      Map<String, Tensor> tensors,
      Preprocessing preprocessing,
      TrainingCode code)
      throws IOException {
    Path archive = workFolder.resolve("trainable.pt");
    String methods = code.methods(preprocessing);
    TorchScript.write(
        archive,
        network,
        tensors,
        code.layout(),
        new TorchScript.Methods(TrainingCode.LISTS, methods));
    return archive;
  }

  private static TrainableModule begin(
      Network network, TorchModule module, TrainingCode code, boolean optimizer) {
    try (TorchModule.Scope scope = module.scope()) {
      module.call("begin", scope.numbers(optimizer ? 1 : 0));
    }
    return new TrainableModule(network, module, code.groups());
  }

  /** Trains what gradual unfreezing has come to in an epoch, which counts from 1, and no more. */
  void unfreeze(int epoch) {
    first = groups.firstOf(epoch);
  }

  /** One step of the optimizer, without a moving average. */
  Totals step(Inputs inputs, long[] labels, double bodyRate, double headRate) {
    return step(inputs, labels, bodyRate, headRate, Mixture.NONE);
  }

  /** One step of the optimizer on images that are mixed with each other. */
  Totals step(Inputs inputs, long[] labels, double bodyRate, double headRate, Mixture mixture) {
    differentiate(inputs, labels, 1, mixture);
    update(bodyRate, headRate, 0);
    return counted();
  }

  /**
   * Adds to the gradients of the next step, and to what is counted.
   *
   * @param share of these images in those of the step, 0..1
   * @param mixture of these images with each other
   */
  void differentiate(Inputs inputs, long[] labels, double share, Mixture mixture) {
    try (TorchModule.Scope scope = module.scope()) {
      NDArray numbers =
          module
              .callWithGradients(
                  "differentiate",
                  inputs.in(scope),
                  scope.integers(labels),
                  scope.numbers(share, first),
                  scope.numbers(mixture.numbers()))
              .singletonOrThrow();
      numbers.detach();
      counts.add(new Count(numbers, labels.length));
    }
  }

  /**
   * What has been differentiated since this was last asked. On a GPU it waits until that is
   * computed: asked after {@link #update}, the step is under way in the meantime.
   */
  Totals counted() {
    Totals totals = Totals.NONE;
    for (Count count : counts) {
      totals = totals.plus(totals(count.numbers(), count.images()));
      count.numbers().close();
    }
    counts.clear();
    return totals;
  }

  /**
   * Makes the step.
   *
   * @param newest weight of the new parameters in the moving average, 0..1
   */
  void update(double bodyRate, double headRate, double newest) {
    try (TorchModule.Scope scope = module.scope()) {
      module.call("update", scope.numbers(bodyRate, headRate, first, newest));
    }
  }

  /** Adds the gradients of a replica, which has none then; both must have some. */
  void gather(TrainableModule replica) {
    exchange(replica, "gradients", "gather");
  }

  /** Takes the weights of a replica. */
  void copy(TrainableModule replica) {
    exchange(replica, "weights", "copy");
  }

  private void exchange(TrainableModule replica, String theirs, String ours) {
    try (TorchModule.Scope there = replica.module.scope();
        TorchModule.Scope here = module.scope()) {
      NDArray row = replica.module.call(theirs, there.numbers()).singletonOrThrow();
      module.call(ours, here.here(row));
    }
  }

  /** Puts what is measured and kept in the place of the parameters, or them back. */
  void swap() {
    try (TorchModule.Scope scope = module.scope()) {
      module.call("swap", scope.numbers());
    }
  }

  /** Loss and correct predictions in evaluation mode. */
  Totals measure(Inputs inputs, long[] labels) {
    try (TorchModule.Scope scope = module.scope()) {
      NDList result = module.call("measure", inputs.in(scope), scope.integers(labels));
      return totals(result.singletonOrThrow(), labels.length);
    }
  }

  /** Features of pixels, in evaluation mode: 32-bit floats, one row an image. */
  ByteBuffer features(ByteBuffer pixels, int images, int size) {
    try (TorchModule.Scope scope = module.scope()) {
      NDArray batch = scope.bytes(pixels, images, size, size, 3);
      return module.call("features_of", batch).singletonOrThrow().toByteBuffer(false);
    }
  }

  /** A copy of the optimizer's state, on the host, in its own order. */
  List<Tensor> memory() {
    List<Tensor> memory = new ArrayList<>();
    try (TorchModule.Scope scope = module.scope()) {
      for (NDArray tensor : module.call("memory", scope.numbers())) {
        List<Long> shape = Arrays.stream(tensor.getShape().getShape()).boxed().toList();
        memory.add(new Tensor(DType.F32, shape, tensor.toByteBuffer(false)));
      }
    }
    return memory;
  }

  /** Sets the optimizer's state. */
  void remember(List<Tensor> memory) {
    for (int i = 0; i < memory.size(); i++) {
      try (TorchModule.Scope scope = module.scope()) {
        Tensor tensor = memory.get(i);
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        module.call("remember", scope.numbers(i), scope.floats(tensor.bytes(), shape));
      }
    }
  }

  /** A copy of all parameters and buffers, on the host. */
  Map<String, Tensor> state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (TorchModule.Scope scope = module.scope()) {
      NDList state = module.call("state", scope.numbers());
      int i = 0;
      for (Parameter parameter : network.parameters().values()) {
        DType type = parameter.role() == Parameter.Role.COUNTER ? DType.I64 : DType.F32;
        ByteBuffer bytes = state.get(i++).toByteBuffer(false);
        tensors.put(parameter.name(), new Tensor(type, parameter.shape(), bytes));
      }
    }
    return tensors;
  }

  private static Totals totals(NDArray result, int images) {
    float[] numbers = result.toFloatArray();
    return new Totals(numbers[0], Math.round(numbers[1]), images);
  }

  @Override
  public void close() {
    module.close();
  }
}
