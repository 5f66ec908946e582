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
  private final Network network;
  private final String self;
  private final DropoutCode dropout;
  private final OpCode ops;

  NetworkCode(Network network, String self, DropoutCode dropout) {
    this.network = network;
    this.self = self;
    this.dropout = dropout;
    this.ops = new OpCode(Numerics.SINGLE, new RoundedParameters(), dropout);
  }

  /** {@code trunk}, {@code head} and {@code forward}. */
  String methods() {
    String phases = "norm_training: bool, drop: bool";
    return method("trunk", "x: Tensor, " + phases, network.trunk(), 0)
        + head("head")
        + "  def forward("
        + self
        + ", x: Tensor) -> Tensor:\n"
        + "    features = self.trunk(x, self.training, self.training, )\n"
        + "    return self.head(features, self.training, )\n";
  }

  /** The head alone, in a method {@code name(x: Tensor, drop: bool)}. */
  String head(String name) {
    String code = method(name, "x: Tensor, drop: bool", network.headNodes(), network.trunkEnd());
    return dropout.methods(self, code) + code;
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
    return counter + "    v%s = %s\n".formatted(node.index(), ops.of(node, in));
  }

  private static String value(int index, int input) {
    return index == input ? "x" : "v" + index;
  }
}
