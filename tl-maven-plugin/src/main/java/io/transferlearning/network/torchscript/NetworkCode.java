package io.transferlearning.network.torchscript;

import io.transferlearning.network.Network;
import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * TorchScript code of a network. Phases are arguments, not modes of the module: whether batch
 * normalisation uses the batch and whether dropout drops are decided by the caller, for trunk and
 * head apart.
 */
final class NetworkCode {
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
                .formatted(own(node, "num_batches_tracked"))
            : "";
    return counter + "    v%d = %s\n".formatted(node.index(), expression(node, in));
  }

  private String expression(Node node, List<String> in) {
    String x = in.get(0);
    if (node.op() instanceof Op.Conv2d op) {
      String bias = op.bias() ? own(node, "bias") : "None";
      return call(
          "conv2d",
          x,
          own(node, "weight"),
          bias,
          pair(op.stride()),
          pair(op.padding()),
          pair(1),
          op.groups());
    } else if (node.op() instanceof Op.BatchNorm2d) {
      return batchNorm(node, x);
    } else if (node.op() instanceof Op.Linear) {
      return call("linear", x, own(node, "weight"), own(node, "bias"));
    } else if (node.op() instanceof Op.MaxPool2d op) {
      return call(
          "max_pool2d",
          x,
          pair(op.kernel()),
          pair(op.stride()),
          pair(op.padding()),
          pair(1),
          bool(op.ceil()));
    } else if (node.op() instanceof Op.AvgPool2d op) {
      return call("avg_pool2d", x, pair(op.kernel()), pair(op.stride()));
    } else if (node.op() instanceof Op.AdaptiveAvgPool2d op) {
      return call("adaptive_avg_pool2d", x, pair(op.size()));
    } else if (node.op() instanceof Op.Dropout op) {
      return call("dropout", x, String.format(Locale.ROOT, "%s", op.probability()), "drop");
    } else if (node.op() instanceof Op.Add) {
      return call("add", x, in.get(1));
    } else if (node.op() instanceof Op.Concat) {
      return call("cat", "[" + String.join(", ", in) + "]", 1);
    } else if (node.op() instanceof Op.Flatten) {
      return call("flatten", x, 1);
    } else if (node.op() instanceof Op.Relu) {
      return call("relu", x);
    }
    throw new IllegalArgumentException("no code for " + node);
  }

  private static String batchNorm(Node node, String x) {
    return call(
        "batch_norm",
        x,
        own(node, "weight"),
        own(node, "bias"),
        own(node, "running_mean"),
        own(node, "running_var"),
        "norm_training",
        Op.BatchNorm2d.MOMENTUM,
        String.format(Locale.ROOT, "%.0e", Op.BatchNorm2d.EPSILON),
        "True");
  }

  private static String own(Node node, String parameter) {
    return Module.access(node.name() + "." + parameter);
  }

  private static String value(int index, int input) {
    return index == input ? "x" : "v" + index;
  }

  private static String call(String function, Object... arguments) {
    return java.util.Arrays.stream(arguments)
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "torch." + function + "(", ")"));
  }

  private static String pair(int value) {
    return "[" + value + ", " + value + "]";
  }

  private static String bool(boolean value) {
    return value ? "True" : "False";
  }
}
