package io.transferlearning.network.torchscript;

import io.transferlearning.network.Network;
import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A trunk written for speed, in numerics of choice: the same function as the network's own {@code
 * trunk}, but for rounding.
 *
 * <ul>
 *   <li>A normalisation by fixed statistics is a factor and a summand for each channel. Where it
 *       follows a convolution, they go into the convolution's weight and bias, within the graph of
 *       the gradients, so that all parameters still get theirs: the map is not read and written
 *       once more, forward and backward.
 *   <li>ReLU and sums overwrite an input that nobody else needs, neither forward nor backward.
 * </ul>
 */
final class TrunkCode {
  private final Network network;
  private final Numerics numerics;
  private final OpCode ops;
  private final Predicate<String> batch;

  /**
   * @param batch which normalisations use and follow the batch, by their names; others are fixed
   */
  TrunkCode(Network network, Numerics numerics, Predicate<String> batch) {
    this.network = network;
    this.numerics = numerics;
    this.ops = new OpCode(numerics);
    this.batch = batch;
  }

  /**
   * The method {@code name(x: Tensor, drop: bool)}: from normalised images of (N, 3, H, W) in any
   * layout to features as 32-bit floats.
   */
  String method(String self, String name) {
    String body =
        network.trunk().stream()
            .filter(node -> !(node.op() instanceof Op.Input) && !foldedAway(node))
            .map(this::statements)
            .collect(Collectors.joining());
    return """
      def %s(%s, x: Tensor, drop: bool) -> Tensor:
        v0 = %s
    %s    return torch.to(v%d, 6)
    """
        .formatted(name, self, numerics.map("x"), body, network.trunkEnd());
  }

  private String statements(Node node) {
    List<String> in = node.inputs().stream().map(index -> "v" + index).toList();
    if (node.op() instanceof Op.BatchNorm2d) {
      return foldedAway(producer(node)) ? folded(node) : normalisation(node, in.get(0));
    } else if (node.op() instanceof Op.Relu && mayOverwrite(node)) {
      return assignment(node, OpCode.call("relu_", in.get(0)));
    } else if (node.op() instanceof Op.Add && mayOverwrite(node)) {
      return assignment(node, OpCode.call("add_", in.get(0), in.get(1)));
    }
    return assignment(node, ops.of(node, in));
  }

  private static String assignment(Node node, String expression) {
    return "    v%d = %s\n".formatted(node.index(), expression);
  }

  private String normalisation(Node node, String x) {
    if (!batch.test(node.name())) {
      return assignment(node, ops.batchNorm(node, x, "False"));
    }
    String counter = OpCode.own(node, "num_batches_tracked");
    return "    _ = torch.add_(%s, 1, 1)\n".formatted(counter)
        + assignment(node, ops.batchNorm(node, x, "True"));
  }

  /** Convolution and normalisation in one: w * s and (b - mean) * s + shift. */
  private String folded(Node norm) {
    Node node = producer(norm);
    Op.Conv2d op = (Op.Conv2d) node.op();
    int n = norm.index();
    String mean = OpCode.own(norm, "running_mean");
    String offset =
        op.bias() ? "torch.sub(%s, %s)".formatted(OpCode.own(node, "bias"), mean) : null;
    String shift =
        offset == null
            ? "torch.sub(%s, torch.mul(%s, s%d))".formatted(OpCode.own(norm, "bias"), mean, n)
            : "torch.add(%s, torch.mul(%s, s%d))".formatted(OpCode.own(norm, "bias"), offset, n);
    return """
            s%1$d = torch.mul(%2$s, torch.rsqrt(torch.add(%3$s, %4$s)))
            w%1$d = torch.mul(%5$s, torch.reshape(s%1$d, [-1, 1, 1, 1]))
            b%1$d = %6$s
        """
            .formatted(
                n,
                OpCode.own(norm, "weight"),
                OpCode.own(norm, "running_var"),
                OpCode.epsilon(),
                OpCode.own(node, "weight"),
                shift)
        + assignment(norm, ops.convolution(op, "v" + node.inputs().get(0), "w" + n, "b" + n));
  }

  /** Whether a convolution is computed where the normalisation after it is. */
  private boolean foldedAway(Node node) {
    if (!(node.op() instanceof Op.Conv2d) || consumers(node).size() != 1) {
      return false;
    }
    Node only = consumers(node).get(0);
    return only.op() instanceof Op.BatchNorm2d && !batch.test(only.name());
  }

  /** The backward of these operations does not look at their result. */
  private boolean mayOverwrite(Node node) {
    Op op = producer(node).op();
    boolean unneeded =
        op instanceof Op.Conv2d
            || op instanceof Op.BatchNorm2d
            || op instanceof Op.Linear
            || op instanceof Op.Add;
    return unneeded && consumers(producer(node)).size() == 1;
  }

  private Node producer(Node node) {
    return network.nodes().get(node.inputs().get(0));
  }

  private List<Node> consumers(Node node) {
    return IntStream.range(node.index() + 1, network.nodes().size())
        .mapToObj(network.nodes()::get)
        .filter(other -> other.inputs().contains(node.index()))
        .toList();
  }
}
