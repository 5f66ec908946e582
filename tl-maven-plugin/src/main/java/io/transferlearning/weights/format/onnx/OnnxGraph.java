package io.transferlearning.weights.format.onnx;

import io.transferlearning.problem.OnnxProblems;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.Wiring;
import io.transferlearning.weights.Wiring.Kind;
import io.transferlearning.weights.Wiring.Step;
import io.transferlearning.weights.Wiring.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows the nodes of a graph and collects the tensors of its layers, in order. */
final class OnnxGraph {
  /** What all our networks add to a variance, and ONNX's default. */
  private static final double EPSILON = 1e-5;

  /** Operations with one input that leave the channels where they are. */
  private static final Set<String> PASSING =
      Set.of(
          "AveragePool",
          "Cast",
          "Dropout",
          "Flatten",
          "GlobalAveragePool",
          "Identity",
          "LogSoftmax",
          "MaxPool",
          "Pad",
          "ReduceMean",
          "Relu",
          "Reshape",
          "Softmax",
          "Squeeze");

  private final String file;
  private final List<OnnxNode> nodes;
  private final Map<String, OnnxTensor> initializers;
  private final Set<String> inputs;
  private final List<Step> steps = new ArrayList<>();

  /** The step that each value comes from. */
  private final Map<String, Integer> values = new HashMap<>();

  /** What an operation of its own has padded: some exporters take it out of convolutions. */
  private final Set<String> padded = new HashSet<>();

  /** Second names that exporters give to tensors of equal content. */
  private final Map<String, String> aliases = new HashMap<>();

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  OnnxGraph(
      String file, List<OnnxNode> nodes, Map<String, OnnxTensor> initializers, Set<String> inputs) {
    this.file = file;
    this.nodes = nodes;
    this.initializers = initializers;
    this.inputs = inputs;
  }

  /** The tensors of the layers in order, then the others that could be weights; and the wiring. */
  StateDict stateDict() {
    steps.add(new Step(Kind.INPUT, List.of(), List.of()));
    for (OnnxNode node : nodes) {
      if (!node.outputs().isEmpty()) {
        follow(node);
      }
    }
    initializers.forEach(
        (name, tensor) -> {
          if (!used.contains(name) && couldBeWeight(tensor)) {
            tensors.putIfAbsent(name, tensor.tensor());
          }
        });
    if (tensors.isEmpty()) {
      throw OnnxProblems.noTensors(file);
    }
    if (tensors.containsKey(StateDict.METADATA)) {
      throw OnnxProblems.damaged(file);
    }
    return new StateDict(tensors, Map.of(), Optional.of(new Wiring(steps)));
  }

  /** Shapes and axes are integers, ratios and limits are scalars. */
  private static boolean couldBeWeight(OnnxTensor tensor) {
    return tensor.isFloating() && !tensor.shape().isEmpty();
  }

  private void follow(OnnxNode node) {
    String operation = node.operation();
    if (operation.equals("Identity") && isInitializer(node.input(0))) {
      aliases.put(node.outputs().get(0), original(node.input(0)));
      return;
    }
    int step =
        switch (operation) {
          case "Conv" -> layer(Kind.CONVOLUTION, node, 1, 2);
          case "BatchNormalization" -> layer(Kind.NORMALISATION, node, 4, 4);
          case "Gemm" -> layer(Kind.LINEAR, node, 1, 2);
          case "Add", "Sum" -> node.inputs().size() == 2 ? merge(Kind.SUM, node) : other();
          case "Concat" -> merge(Kind.JOIN, node);
          default -> PASSING.contains(operation) ? source(node.input(0)) : other();
        };
    values.put(node.outputs().get(0), step);
    if (operation.equals("Pad")) {
      padded.add(node.outputs().get(0));
    }
  }

  /** A layer with {@code least} to {@code most} tensors after its first input. */
  private int layer(Kind kind, OnnxNode node, int least, int most) {
    List<String> parameters = new ArrayList<>();
    for (int i = 1; i <= most && !node.input(i).isEmpty(); i++) {
      if (!isInitializer(node.input(i))) {
        return other();
      }
      parameters.add(node.input(i));
    }
    if (parameters.size() < least) {
      return other();
    }
    if (kind == Kind.LINEAR) {
      node.requirePlainGemm(file);
    }
    if (kind == Kind.NORMALISATION) {
      node.requireEpsilon(file, EPSILON);
    }
    for (String name : parameters) {
      String original = original(name);
      used.add(original);
      OnnxTensor tensor = initializers.get(original);
      if (tensor != null) {
        tensors.computeIfAbsent(name, any -> read(tensor, kind, node));
      }
    }
    Optional<Window> window =
        kind == Kind.CONVOLUTION
            ? Optional.of(node.window(padded.contains(node.input(0))))
            : Optional.empty();
    return add(new Step(kind, parameters, List.of(source(node.input(0))), window));
  }

  private Tensor read(OnnxTensor tensor, Kind kind, OnnxNode node) {
    Tensor read = tensor.tensor();
    boolean turned = kind == Kind.LINEAR && node.attribute("transB", 0) == 0;
    return turned && read.shape().size() == 2 ? Transposed.of(read) : read;
  }

  private int merge(Kind kind, OnnxNode node) {
    if (node.inputs().stream().anyMatch(this::isInitializer)) {
      return other();
    }
    List<Integer> sources = node.inputs().stream().map(this::source).toList();
    return sources.size() == 1 ? sources.get(0) : add(new Step(kind, List.of(), sources));
  }

  private int source(String value) {
    Integer step = values.get(value);
    if (step != null) {
      return step;
    }
    return inputs.contains(value) && !isInitializer(value) ? 0 : other();
  }

  private int other() {
    return add(new Step(Kind.OTHER, List.of(), List.of()));
  }

  private int add(Step step) {
    steps.add(step);
    return steps.size() - 1;
  }

  private boolean isInitializer(String name) {
    return initializers.containsKey(original(name));
  }

  private String original(String name) {
    return aliases.getOrDefault(name, name);
  }
}
