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
import org.jspecify.annotations.Nullable;

/**
 * A trunk in evaluation mode, without gradients, for a CPU: the same function as the network's own
 * {@code trunk}, but for rounding.
 *
 * <ul>
 *   <li>A convolution takes what follows it along: the normalisation into its weight and bias, a
 *       sum and ReLU into its kernel. Half of a ResNet-50's time in bf16 is reading and writing
 *       maps for those otherwise.
 *   <li>Weights are normalised and rounded once, and kept until a parameter changes.
 * </ul>
 */
final class OneDnnTrunkCode {
  private static final String NOTHING = "annotate(List[Optional[number]], [])";

  private final Network network;
  private final Numerics numerics;
  private final String kept;
  private final OpCode ops;

  /** Layers that multiply, and what they take along, by the index of the last node of each. */
  private final Map<Integer, Layer> layers = new LinkedHashMap<>();

  /** Where a node is computed that a layer takes along, or the layer itself. */
  private final Map<Integer, Integer> places = new HashMap<>();

  private final List<String> preparations = new ArrayList<>();

  /**
   * A convolution or a linear layer and the nodes that it takes along.
   *
   * @param norm the normalisation after it
   * @param sum the sum after it
   * @param relu the ReLU after all
   */
  private record Layer(Node node, @Nullable Node norm, @Nullable Node sum, @Nullable Node relu) {
    int last() {
      return relu != null ? relu.index() : beforeRelu();
    }

    private int beforeRelu() {
      return sum != null ? sum.index() : norm != null ? norm.index() : node.index();
    }

    /** The input of the sum that this layer is not. */
    int other() {
      int own = norm != null ? norm.index() : node.index();
      List<Integer> inputs = sum == null ? List.of() : sum.inputs();
      return inputs.get(0) == own ? inputs.get(1) : inputs.get(0);
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
    Set<Node> taken = new HashSet<>();
    for (Node node : network.trunk()) {
      if (node.op() instanceof Op.Conv2d || node.op() instanceof Op.Linear) {
        add(layer(node, taken));
      }
    }
  }

  private void add(Layer layer) {
    layers.put(layer.last(), layer);
    List<@Nullable Node> nodes = new ArrayList<>();
    nodes.add(layer.node());
    nodes.add(layer.norm());
    nodes.add(layer.sum());
    nodes.add(layer.relu());
    nodes.forEach(
        node -> {
          if (node != null) {
            places.put(node.index(), layer.last());
          }
        });
  }

  private Layer layer(Node node, Set<Node> taken) {
    Node end = node;
    Node norm = null;
    Node sum = null;
    if (node.op() instanceof Op.Linear) {
      return new Layer(node, null, null, null);
    }
    Optional<Node> next = next(end);
    if (next.isPresent() && next.get().op() instanceof Op.BatchNorm2d) {
      norm = next.get();
      end = norm;
      next = next(end);
    }
    if (next.isPresent() && next.get().op() instanceof Op.Add && taken.add(next.get())) {
      sum = next.get();
      end = sum;
      next = next(end);
    }
    boolean relu = next.isPresent() && next.get().op() instanceof Op.Relu;
    return new Layer(node, norm, sum, relu ? next.orElseThrow() : null);
  }

  /** The only node that uses a result, where it is one of the trunk. */
  private Optional<Node> next(Node node) {
    List<Node> consumers = network.consumers(node);
    boolean only = consumers.size() == 1 && consumers.get(0).index() <= network.trunkEnd();
    return only && node.index() != network.trunkEnd()
        ? Optional.of(consumers.get(0))
        : Optional.empty();
  }

  /**
   * The method {@code name(x: Tensor)}: from normalised images of (N, 3, H, W) in any layout to
   * features as 32-bit floats.
   */
  String method(String self, String name) {
    String body =
        network.trunk().stream()
            .filter(node -> !(node.op() instanceof Op.Input))
            .filter(node -> places.getOrDefault(node.index(), node.index()) == node.index())
            .map(node -> "    v%d = %s\n".formatted(node.index(), expression(node)))
            .collect(Collectors.joining());
    String prepare =
        preparations.stream()
            .map(
                tensor ->
                    "      _ = torch.append(self.%s, torch.detach(%s))\n".formatted(kept, tensor))
            .collect(Collectors.joining());
    return """
      def %1$s(%2$s, x: Tensor) -> Tensor:
        if torch.eq(torch.len(self.%3$s), 0):
    %4$s    v0 = %5$s
    %6$s    return torch.to(v%7$d, 6)
    """
        .formatted(name, self, kept, prepare, numerics.map("x"), body, network.trunkEnd());
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
    } else if (node.op() instanceof Op.Relu && isNew(network.producer(node))) {
      return OpCode.call("relu_", in.get(0));
    }
    return ops.of(node, in);
  }

  private String linear(Layer layer) {
    String weight = prepared(numerics.parameter(OpCode.own(layer.node(), "weight"), false));
    String bias = prepared(numerics.parameter(OpCode.own(layer.node(), "bias"), false));
    return OpCode.call("linear", "v" + layer.node().inputs().get(0), weight, bias);
  }

  private String convolution(Op.Conv2d op, Layer layer) {
    String x = "v" + layer.node().inputs().get(0);
    String weight = OpCode.own(layer.node(), "weight");
    String bias = op.bias() ? OpCode.own(layer.node(), "bias") : "None";
    if (layer.norm() != null) {
      Node norm = layer.norm();
      String factor =
          "torch.mul(%s, torch.rsqrt(torch.add(%s, %s)))"
              .formatted(
                  OpCode.own(norm, "weight"), OpCode.own(norm, "running_var"), OpCode.epsilon());
      weight = "torch.mul(%s, torch.reshape(%s, [-1, 1, 1, 1]))".formatted(weight, factor);
      String mean = OpCode.own(norm, "running_mean");
      String shift = OpCode.own(norm, "bias");
      bias =
          op.bias()
              ? "torch.add(%s, torch.mul(torch.sub(%s, %s), %s))"
                  .formatted(shift, bias, mean, factor)
              : "torch.sub(%s, torch.mul(%s, %s))".formatted(shift, mean, factor);
    }
    String w = prepared(numerics.parameter(weight, true));
    String b = bias.equals("None") ? bias : prepared(numerics.parameter(bias, false));
    String window =
        "%s, %s, [1, 1], %d"
            .formatted(OpCode.pair(op.padding()), OpCode.pair(op.stride()), op.groups());
    String relu = layer.relu() == null ? "\"none\"" : "\"relu\"";
    if (layer.sum() == null) {
      return "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, %s, %s, \"\")"
          .formatted(x, w, b, window, relu, NOTHING);
    }
    String other = "v" + layer.other();
    String rest = "%s, %s, %s, \"add\", 1., %s, %s, \"\")";
    return mayOverwrite(layer)
        ? ("ops.mkldnn._convolution_pointwise_(%s, %s, " + rest)
            .formatted(other, x, w, b, window, relu, NOTHING)
        : ("ops.mkldnn._convolution_pointwise(%s, %s, " + rest)
            .formatted(x, other, w, b, window, relu, NOTHING);
  }

  /** An expression of a tensor that is computed once. */
  private String prepared(String tensor) {
    preparations.add(tensor);
    return "self." + kept + "[" + (preparations.size() - 1) + "]";
  }

  /** Whether the sum may be written over its other input: nobody else looks at that later. */
  private boolean mayOverwrite(Layer layer) {
    Node other = network.nodes().get(layer.other());
    return isMap(other)
        && network.consumers(other).stream()
            .filter(consumer -> !consumer.equals(layer.sum()))
            .allMatch(
                consumer -> places.getOrDefault(consumer.index(), consumer.index()) < layer.last());
  }

  /** Whether a result is used once, and is no view of another. */
  private boolean isNew(Node node) {
    return isMap(node) && network.consumers(node).size() == 1;
  }

  /** Whether a result is memory of its own. */
  private static boolean isMap(Node node) {
    return !(node.op() instanceof Op.Input
        || node.op() instanceof Op.Dropout
        || node.op() instanceof Op.Flatten);
  }
}
