package io.transferlearning.network.torchscript;

import io.transferlearning.network.Network;
import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trunk in evaluation mode, without gradients, for a CPU: the same function as the network's own
 * {@code trunk}, but for rounding.
 *
 * <ul>
 *   <li>A convolution takes what follows it along: the normalisation into its weight and bias, a
 *       sum and ReLU into its kernel. Otherwise half of a ResNet-50's time in bf16 goes into
 *       reading and writing maps for those.
 *   <li>Weights are normalised and rounded once, and kept until a parameter changes.
 * </ul>
 */
final class OneDnnTrunkCode {
  /** Arguments of operations after a convolution: ReLU and sums have none. */
  private static final String NOTHING = "annotate(List[Optional[number]], [])";

  private final Network network;
  private final Numerics numerics;
  private final String kept;
  private final OpCode ops;
  private final FoldedNorms norms;

  /** By the index of the last node of each. */
  private final Map<Integer, Layer> layers = new LinkedHashMap<>();

  /** Where what a layer takes along is computed, and the layer itself. */
  private final Map<Integer, Integer> places = new HashMap<>();

  /** Expressions of what is kept. */
  private final List<String> preparations = new ArrayList<>();

  /**
   * A convolution or a linear layer, and the nodes after it that it takes along.
   *
   * @param sum of its result and another
   */
  private record Layer(Node node, Optional<Node> norm, Optional<Node> sum, Optional<Node> relu) {
    Node normalised() {
      return norm.orElse(node);
    }

    int last() {
      return relu.or(() -> sum).orElseGet(this::normalised).index();
    }

    Stream<Node> nodes() {
      return Stream.of(Optional.of(node), norm, sum, relu).flatMap(Optional::stream);
    }

    Optional<FoldedNorms.Folded> folded() {
      return norm.map(one -> new FoldedNorms.Folded(one, node));
    }

    String input() {
      return "v" + node.inputs().get(0);
    }

    String own(String parameter) {
      return OpCode.own(node, parameter);
    }
  }

  /**
   * @param kept name of a list of tensors of the module
   */
  OneDnnTrunkCode(Network network, Numerics numerics, String kept) {
    this.network = network;
    this.numerics = numerics;
    this.kept = kept;
    this.ops = new OpCode(numerics, new RoundedParameters(), DropoutCode.TORCH);
    this.norms = new FoldedNorms(numerics);
    Set<Node> taken = new HashSet<>();
    for (Node node : network.trunk()) {
      if (node.op() instanceof Op.Conv2d || node.op() instanceof Op.Linear) {
        Layer layer = layer(node, taken);
        layers.put(layer.last(), layer);
        layer.nodes().forEach(part -> places.put(part.index(), layer.last()));
      }
    }
    norms.add(layers.values().stream().map(Layer::folded).flatMap(Optional::stream).toList());
  }

  private Layer layer(Node node, Set<Node> taken) {
    if (node.op() instanceof Op.Linear) {
      return new Layer(node, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Optional<Node> norm = next(node).filter(next -> next.op() instanceof Op.BatchNorm2d);
    Node normalised = norm.orElse(node);
    Optional<Node> sum = next(normalised).filter(OneDnnTrunkCode::isSumOfTwo).filter(taken::add);
    Optional<Node> relu = next(sum.orElse(normalised)).filter(next -> next.op() instanceof Op.Relu);
    return new Layer(node, norm, sum, relu);
  }

  private static boolean isSumOfTwo(Node node) {
    return node.op() instanceof Op.Add && !node.inputs().get(0).equals(node.inputs().get(1));
  }

  /** The only node that uses a result, where it is one of the trunk. */
  private Optional<Node> next(Node node) {
    return Optional.of(network.consumers(node))
        .filter(all -> all.size() == 1 && all.get(0).index() <= network.trunkEnd())
        .map(all -> all.get(0));
  }

  private int place(Node node) {
    return places.getOrDefault(node.index(), node.index());
  }

  /**
   * The method {@code name(x: Tensor)}: from normalised images of (N, 3, H, W) in any layout to
   * features as 32-bit floats.
   */
  String method(String self, String name) {
    String body =
        network.trunk().stream()
            .filter(node -> !(node.op() instanceof Op.Input) && place(node) == node.index())
            .map(node -> "    v%s = %s\n".formatted(node.index(), expression(node)))
            .collect(Collectors.joining());
    String line = "      _ = torch.append(self." + kept + ", torch.detach(%s))\n";
    String prepare = preparations.stream().map(line::formatted).collect(Collectors.joining());
    return """
      def %s(%s, x: Tensor) -> Tensor:
        if torch.eq(torch.len(self.%s), 0):
          pass
    %s%s    v0 = %s
    %s    return torch.to(v%s, 6)
    """
        .formatted(
            name,
            self,
            kept,
            norms.statements().indent(2),
            prepare,
            numerics.map("x"),
            body,
            network.trunkEnd());
  }

  private String expression(Node node) {
    Layer layer = layers.get(node.index());
    if (layer != null) {
      return layer.node().op() instanceof Op.Conv2d op ? convolution(op, layer) : linear(layer);
    }
    List<String> in = node.inputs().stream().map(index -> "v" + index).toList();
    if (node.op() instanceof Op.BatchNorm2d) {
      return OpCode.batchNorm(node, in.get(0), "False");
    } else if (node.op() instanceof Op.Dropout) {
      return in.get(0);
    } else if (node.op() instanceof Op.Relu && next(network.producer(node)).isPresent()) {
      return OpCode.call(isMemory(network.producer(node)) ? "relu_" : "relu", in.get(0));
    }
    return ops.of(node, in);
  }

  private String linear(Layer layer) {
    String weight = prepared(numerics.parameter(layer.own("weight"), false));
    String bias = prepared(numerics.parameter(layer.own("bias"), false));
    return OpCode.call("linear", layer.input(), weight, bias);
  }

  private String convolution(Op.Conv2d op, Layer layer) {
    Optional<FoldedNorms.Folded> folded = layer.folded();
    String weight =
        prepared(
            folded
                .map(norms::weight)
                .orElseGet(() -> numerics.parameter(layer.own("weight"), true)));
    String bias =
        op.bias() || folded.isPresent()
            ? prepared(
                folded
                    .map(norms::bias)
                    .orElseGet(() -> numerics.parameter(layer.own("bias"), false)))
            : "None";
    String form =
        "%s, %s, %s, %s, [1, 1], %s"
            .formatted(
                weight, bias, OpCode.pair(op.padding()), OpCode.pair(op.stride()), op.groups());
    String relu = layer.relu().isPresent() ? "\"relu\"" : "";
    if (layer.sum().isEmpty()) {
      return "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, \"\")"
          .formatted(layer.input(), form, relu.isEmpty() ? "\"none\"" : relu, NOTHING);
    }
    Node other = other(layer, layer.sum().get());
    String start =
        mayOverwrite(other, layer)
            ? "ops.mkldnn._convolution_pointwise_(v%s, %s".formatted(other.index(), layer.input())
            : "ops.mkldnn._convolution_pointwise(%s, v%s".formatted(layer.input(), other.index());
    return "%s, %s, \"add\", 1., %s, %s, \"\")"
        .formatted(start, form, relu.isEmpty() ? "None" : relu, NOTHING);
  }

  /** An expression of a tensor that is computed once. */
  private String prepared(String tensor) {
    preparations.add(tensor);
    return "self." + kept + "[" + (preparations.size() - 1) + "]";
  }

  /** The input of the sum that the layer is not. */
  private Node other(Layer layer, Node sum) {
    int first = sum.inputs().get(0);
    boolean own = first == layer.normalised().index();
    return network.nodes().get(own ? sum.inputs().get(1) : first);
  }

  /** Whether a sum may be written over its other input: nobody else looks at that later. */
  private boolean mayOverwrite(Node other, Layer layer) {
    return isMemory(other)
        && network.consumers(other).stream()
            .filter(consumer -> !layer.sum().equals(Optional.of(consumer)))
            .allMatch(consumer -> place(consumer) < layer.last());
  }

  /** Whether a result is memory of its own, and not a view of another or the caller's. */
  private static boolean isMemory(Node node) {
    return !(node.op() instanceof Op.Input
        || node.op() instanceof Op.Dropout
        || node.op() instanceof Op.Flatten);
  }
}
