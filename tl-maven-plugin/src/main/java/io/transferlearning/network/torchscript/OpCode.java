package io.transferlearning.network.torchscript;

import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * TorchScript expressions of operations, their parameters as some numerics have them.
 *
 * @param numerics what the operations compute in
 * @param rounded the parameters that are rounded before, together
 * @param dropout how elements are dropped
 */
record OpCode(Numerics numerics, RoundedParameters rounded, DropoutCode dropout) {

  /**
   * What a node computes; batch normalisation and dropout ask the names {@code norm_training} and
   * {@code drop}.
   *
   * @param in expressions of the inputs
   */
  String of(Node node, List<String> in) {
    String x = in.get(0);
    if (node.op() instanceof Op.Conv2d op) {
      String weight = parameter(node, "weight", true);
      return convolution(op, x, weight, op.bias() ? parameter(node, "bias", false) : "None");
    } else if (node.op() instanceof Op.BatchNorm2d) {
      return batchNorm(node, x, "norm_training");
    } else if (node.op() instanceof Op.Linear) {
      String weight = parameter(node, "weight", false);
      return call("linear", x, weight, parameter(node, "bias", false));
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
      return dropout.of(x, op.probability());
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

  /** A parameter as the numerics have it. */
  private String parameter(Node node, String parameter, boolean kernel) {
    return rounded
        .get(node.name() + "." + parameter)
        .orElseGet(() -> numerics.parameter(own(node, parameter), kernel));
  }

  /** A convolution by any weight and bias, as the numerics have them. */
  static String convolution(Op.Conv2d op, String x, String weight, String bias) {
    return call(
        "conv2d", x, weight, bias, pair(op.stride()), pair(op.padding()), pair(1), op.groups());
  }

  /** A batch normalisation; its parameters are 32-bit floats whatever the map is. */
  static String batchNorm(Node node, String x, String training) {
    return call(
        "batch_norm",
        x,
        own(node, "weight"),
        own(node, "bias"),
        own(node, "running_mean"),
        own(node, "running_var"),
        training,
        Op.BatchNorm2d.MOMENTUM,
        epsilon(),
        "True");
  }

  static String epsilon() {
    return String.format(Locale.ROOT, "%.0e", Op.BatchNorm2d.EPSILON);
  }

  /** A parameter of a node. */
  static String own(Node node, String parameter) {
    return Module.access(node.name() + "." + parameter);
  }

  static String call(String function, Object... arguments) {
    return Arrays.stream(arguments)
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "torch." + function + "(", ")"));
  }

  static String pair(int value) {
    return "[" + value + ", " + value + "]";
  }

  private static String bool(boolean value) {
    return value ? "True" : "False";
  }
}
