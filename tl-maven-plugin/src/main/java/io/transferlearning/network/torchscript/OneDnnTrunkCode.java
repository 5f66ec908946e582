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
 *   <li>Maps are not joined for a convolution: it sums what it makes of each, by the part of its
 *       weight that is for that one. Otherwise a tenth of a SqueezeNet's time goes into copying.
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

  /** What is not joined, by the index of the node whose result it is together. */
  private final Map<Integer, List<Part>> parts = new HashMap<>();

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

  /** Some channels of a result. */
  private record Part(String value, int channels) {}

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
    network.trunk().stream().filter(this::staysApart).forEach(this::divide);
  }

  /** Whether all that use a result can do with its parts, and it has some. */
  private boolean staysApart(Node node) {
    boolean apart =
        node.op() instanceof Op.Concat
            || (poolsChannels(node) && parts.containsKey(node.inputs().get(0)));
    return apart && takesParts(node);
  }

  private boolean takesParts(Node node) {
    return node.index() != network.trunkEnd()
        && network.consumers(node).stream().allMatch(this::usesParts);
  }

  private boolean usesParts(Node consumer) {
    if (consumer.index() > network.trunkEnd()) {
      return false;
    } else if (consumer.op() instanceof Op.Conv2d op) {
      Layer layer = layers.get(place(consumer));
      return op.groups() == 1 && layer != null && layer.sum().isEmpty();
    }
    return poolsChannels(consumer) && takesParts(consumer);
  }

  /** Whether it does the same to each channel, whatever the others are. */
  private static boolean poolsChannels(Node node) {
    return node.op() instanceof Op.MaxPool2d || node.op() instanceof Op.AvgPool2d;
  }

  private void divide(Node node) {
    List<Part> own = new ArrayList<>();
    for (int input : node.inputs()) {
      Part whole = new Part("v" + input, network.nodes().get(input).channels());
      own.addAll(parts.getOrDefault(input, List.of(whole)));
    }
    if (!(node.op() instanceof Op.Concat)) {
      own.replaceAll(part -> new Part("v" + node.index() + "_" + part.value(), part.channels()));
    }
    parts.put(node.index(), own);
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
            .map(this::statements)
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

  private String statements(Node node) {
    List<Part> own = parts.get(node.index());
    if (own == null) {
      return statement("v" + node.index(), expression(node));
    } else if (node.op() instanceof Op.Concat) {
      return "";
    }
    List<Part> in = parts.getOrDefault(node.inputs().get(0), List.of());
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < own.size(); i++) {
      code.append(statement(own.get(i).value(), ops.of(node, List.of(in.get(i).value()))));
    }
    return code.toString();
  }

  private static String statement(String value, String expression) {
    return "    " + value + " = " + expression + "\n";
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
        folded.map(norms::weight).orElseGet(() -> numerics.parameter(layer.own("weight"), true));
    String bias =
        op.bias() || folded.isPresent()
            ? prepared(
                folded
                    .map(norms::bias)
                    .orElseGet(() -> numerics.parameter(layer.own("bias"), false)))
            : "None";
    String relu = layer.relu().isPresent() ? "\"relu\"" : "None";
    List<Part> in = parts.get(layer.node().inputs().get(0));
    if (in != null) {
      return ofParts(op, in, weight, bias, relu);
    }
    String form = form(op, prepared(weight), bias);
    if (layer.sum().isEmpty()) {
      return alone(layer.input(), form, relu);
    }
    Node other = other(layer, layer.sum().get());
    return mayOverwrite(other, layer)
        ? added("v" + other.index(), layer.input(), form, relu)
        : "ops.mkldnn._convolution_pointwise(%s, v%s, %s, \"add\", 1., %s, %s, \"\")"
            .formatted(layer.input(), other.index(), form, relu, NOTHING);
  }

  /** The sum of what parts of a weight make of parts of an input. */
  private String ofParts(Op.Conv2d op, List<Part> in, String weight, String bias, String relu) {
    String sum = "";
    int from = 0;
    for (Part part : in) {
      // As tight in memory as a whole weight: a view would be copied at every call.
      String own =
          prepared(
              "torch.clone(torch.narrow(%s, 1, %s, %s), memory_format=%s)"
                  .formatted(weight, from, part.channels(), lastOrFirst()));
      from += part.channels();
      boolean last = from == op.in();
      sum =
          sum.isEmpty()
              ? alone(part.value(), form(op, own, bias), last ? relu : "None")
              : added(sum, part.value(), form(op, own, "None"), last ? relu : "None");
    }
    return sum;
  }

  /** torch's number of an order of memory. */
  private int lastOrFirst() {
    return numerics.layout() == Numerics.Layout.CHANNELS_LAST ? 2 : 0;
  }

  private static String form(Op.Conv2d op, String weight, String bias) {
    return "%s, %s, %s, %s, [1, 1], %s"
        .formatted(weight, bias, OpCode.pair(op.padding()), OpCode.pair(op.stride()), op.groups());
  }

  private static String alone(String x, String form, String relu) {
    return "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, \"\")"
        .formatted(x, form, relu.equals("None") ? "\"none\"" : relu, NOTHING);
  }

  /** Adds to a result, which is overwritten. */
  private static String added(String sum, String x, String form, String relu) {
    return "ops.mkldnn._convolution_pointwise_(%s, %s, %s, \"add\", 1., %s, %s, \"\")"
        .formatted(sum, x, form, relu, NOTHING);
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
