package io.transferlearning.network.torchscript;

import io.transferlearning.network.Network;
import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import io.transferlearning.network.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trunk written for speed, in numerics of choice: the same function as the network's own {@code
 * trunk}, but for rounding.
 *
 * <ul>
 *   <li>A normalisation by fixed statistics is a factor and a summand for each channel. Where it
 *       follows a convolution, they go into the convolution's weight and bias, within the graph of
 *       the gradients, so that all parameters still get theirs: the map is not read and written
 *       once more, forward and backward.
 *   <li>Factors and summands of many normalisations, and small parameters that are rounded, are
 *       computed together: see {@link Row}.
 *   <li>ReLU and sums overwrite an input that nobody else needs, neither forward nor backward.
 *   <li>ReLU waits for a maximum over windows, which leaves fewer numbers, and for the joining of
 *       maps that all have one, which leaves one map to keep for the backward pass instead of two.
 *       Values and gradients are the same: where a maximum is not above zero, neither lets a
 *       gradient through.
 *   <li>Dropout draws bits: see {@link DropoutCode}.
 * </ul>
 */
final class TrunkCode {
  private final Network network;
  private final Numerics numerics;
  private final Predicate<String> batch;
  private final FoldedNorms norms;
  private final RoundedParameters rounded = new RoundedParameters();
  private final String name;
  private final DropoutCode dropout;
  private final OpCode ops;

  /**
   * @param name of the method
   * @param batch which normalisations use and follow the batch, by their names; others are fixed
   * @param stage of a parameter: what is alike is differentiated together, or not at all
   */
  TrunkCode(
      Network network,
      String name,
      Numerics numerics,
      Predicate<String> batch,
      ToIntFunction<String> stage) {
    this.network = network;
    this.name = name;
    this.numerics = numerics;
    this.batch = batch;
    this.norms = new FoldedNorms(numerics);
    this.dropout = DropoutCode.bits(name + "_dropped");
    this.ops = new OpCode(numerics, rounded, dropout);
    byStage(folded(), one -> stage.applyAsInt(one.norm().name() + ".weight")).forEach(norms::add);
    if (numerics.precision() == Numerics.Precision.BF16) {
      byStage(unfolded(), one -> stage.applyAsInt(one.name())).forEach(rounded::add);
    }
  }

  private static <T> Collection<List<T>> byStage(List<T> all, ToIntFunction<T> stage) {
    return all.stream()
        .collect(Collectors.groupingBy(stage::applyAsInt, TreeMap::new, Collectors.toList()))
        .values();
  }

  private List<FoldedNorms.Folded> folded() {
    return network.trunk().stream()
        .filter(this::foldedAway)
        .map(node -> new FoldedNorms.Folded(network.consumers(node).get(0), node))
        .toList();
  }

  /** Parameters of the layers that multiply and are no part of a normalisation. */
  private List<Parameter> unfolded() {
    return network.trunk().stream()
        .filter(node -> node.op() instanceof Op.Conv2d || node.op() instanceof Op.Linear)
        .filter(node -> !foldedAway(node))
        .flatMap(node -> Stream.of(node.name() + ".weight", node.name() + ".bias"))
        .filter(network.parameters()::containsKey)
        .map(network::parameter)
        .toList();
  }

  /**
   * The method {@code name(x: Tensor, drop: bool)}: from normalised images of (N, 3, H, W) in any
   * layout to features as 32-bit floats.
   */
  String method(String self) {
    String body =
        network.trunk().stream()
            .filter(node -> !(node.op() instanceof Op.Input) && !foldedAway(node))
            .map(this::statements)
            .collect(Collectors.joining());
    return dropout.methods(self, body)
        + """
      def %s(%s, x: Tensor, drop: bool) -> Tensor:
    %s%s    v0 = %s
    %s    return torch.to(v%s, 6)
    """
            .formatted(
                name,
                self,
                norms.statements(),
                rounded.statements(),
                numerics.map("x"),
                body,
                network.trunkEnd());
  }

  private String statements(Node node) {
    List<String> in = node.inputs().stream().map(index -> "v" + index).toList();
    if (node.op() instanceof Op.BatchNorm2d) {
      return foldedAway(network.producer(node)) ? folded(node) : normalisation(node, in.get(0));
    } else if (waits(node)) {
      return assignment(node, node.op() instanceof Op.Relu ? in.get(0) : ops.of(node, in));
    } else if (isWaitedFor(node)) {
      return assignment(node, OpCode.call("relu_", ops.of(node, in)));
    } else if (node.op() instanceof Op.Relu && mayOverwrite(node)) {
      return assignment(node, OpCode.call("relu_", in.get(0)));
    } else if (node.op() instanceof Op.Add && mayOverwrite(node)) {
      return assignment(node, OpCode.call("add_", in.get(0), in.get(1)));
    }
    return assignment(node, ops.of(node, in));
  }

  private static String assignment(Node node, String expression) {
    return "    v%s = %s\n".formatted(node.index(), expression);
  }

  /**
   * A channel of one number, as in the last batch where it is one image and maps have shrunk to a
   * point, has no variance: libtorch would make the running one NaN, and torch's Python refuses it.
   * The running statistics stay, and normalise it.
   */
  private String normalisation(Node node, String x) {
    if (!batch.test(node.name())) {
      return assignment(node, OpCode.batchNorm(node, x, "False"));
    }
    return """
            many = torch.gt(torch.floordiv(torch.numel(%1$s), torch.size(%1$s, 1)), 1)
            _ = torch.add_(%2$s, int(many), 1)
        """
            .formatted(x, OpCode.own(node, "num_batches_tracked"))
        + assignment(node, OpCode.batchNorm(node, x, "many"));
  }

  private String folded(Node norm) {
    Node node = network.producer(norm);
    FoldedNorms.Folded one = new FoldedNorms.Folded(norm, node);
    String x = "v" + node.inputs().get(0);
    return assignment(
        norm, OpCode.convolution((Op.Conv2d) node.op(), x, norms.weight(one), norms.bias(one)));
  }

  /** Whether a convolution is computed where the normalisation after it is. */
  private boolean foldedAway(Node node) {
    if (!(node.op() instanceof Op.Conv2d) || network.consumers(node).size() != 1) {
      return false;
    }
    Node only = network.consumers(node).get(0);
    return only.op() instanceof Op.BatchNorm2d && !batch.test(only.name());
  }

  /** Whether a ReLU that a node's result lacks comes after the node that uses it. */
  private boolean waits(Node node) {
    boolean lacks = node.op() instanceof Op.Relu || isWaitedFor(node);
    List<Node> consumers = network.consumers(node);
    return lacks
        && node.index() != network.trunkEnd()
        && consumers.size() == 1
        && (consumers.get(0).op() instanceof Op.MaxPool2d || joinsAlike(consumers.get(0)));
  }

  /** Whether a node's inputs lack their ReLU, so that its result does. */
  private boolean isWaitedFor(Node node) {
    boolean passes = node.op() instanceof Op.MaxPool2d || node.op() instanceof Op.Concat;
    return passes && node.inputs().stream().allMatch(input -> waits(network.nodes().get(input)));
  }

  /** Whether a node joins maps that all end in a ReLU for it alone. */
  private boolean joinsAlike(Node node) {
    return node.op() instanceof Op.Concat
        && node.inputs().stream()
            .map(network.nodes()::get)
            .allMatch(
                input -> input.op() instanceof Op.Relu && network.consumers(input).size() == 1);
  }

  /** The backward of these operations does not look at their result. */
  private boolean mayOverwrite(Node node) {
    Op op = network.producer(node).op();
    boolean unneeded =
        op instanceof Op.Conv2d
            || op instanceof Op.BatchNorm2d
            || op instanceof Op.Linear
            || op instanceof Op.Add;
    return unneeded && network.consumers(network.producer(node)).size() == 1;
  }
}
