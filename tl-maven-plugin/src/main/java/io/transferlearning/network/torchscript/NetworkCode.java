package io.transferlearning.network.torchscript;

import io.transferlearning.network.Network;
import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import java.util.List;
import java.util.stream.Collectors;

/**
 * TorchScript code of a network. Phases are arguments, not modes of the module: whether batch
 * normalisation uses the batch and whether dropout drops are decided by the caller, for trunk and
 * head apart.
 */
final class NetworkCode {
  private static final OpCode OPS = new OpCode(Numerics.SINGLE, new RoundedParameters());

  private final Network network;
  private final String self;

  NetworkCode(Network network, String rootClass) {
    this.network = network;
    this.self = "self: __torch__." + rootClass;
  }

  /** {@code trunk}, {@code head} and {@code forward}. */
  String methods() {
    String phases = "norm_training: bool, drop: bool";
    return method("trunk", "x: Tensor, " + phases, network.trunk(), 0)
        + method("head", "x: Tensor, drop: bool", network.headNodes(), network.trunkEnd())
        + "  def forward("
        + self
        + ", x: Tensor) -> Tensor:\n"
        + "    features = self.trunk(x, self.training, self.training, )\n"
        + "    return self.head(features, self.training, )\n";
  }

  /**
   * A method that computes {@code nodes} from {@code x}, the result of the node numbered {@code
   * input}.
   */
  private String method(String name, String arguments, List<Node> nodes, int input) {
    String body =
        nodes.stream()
            .filter(node -> !(node.op() instanceof Op.Input))
            .map(node -> statement(node, input))
            .collect(Collectors.joining());
    int last = nodes.isEmpty() ? input : nodes.get(nodes.size() - 1).index();
    return "  def %s(%s, %s) -> Tensor:\n%s    return %s\n"
        .formatted(name, self, arguments, body, value(last, input));
  }

  private String statement(Node node, int input) {
    List<String> in = node.inputs().stream().map(index -> value(index, input)).toList();
    String counter =
        node.op() instanceof Op.BatchNorm2d
            ? "    if norm_training:\n      _ = torch.add_(%s, 1, 1)\n"
                .formatted(OpCode.own(node, "num_batches_tracked"))
            : "";
    return counter + "    v%d = %s\n".formatted(node.index(), OPS.of(node, in));
  }

  private static String value(int index, int input) {
    return index == input ? "x" : "v" + index;
  }
}
