package io.transferlearning.network;

import io.transferlearning.network.Op.BatchNorm2d;
import io.transferlearning.network.Op.Conv2d;
import io.transferlearning.network.Parameter.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a {@link Network} in the order in which it computes, so that a family reads from top to
 * bottom. Channels follow from the inputs; names of layers are torchvision's.
 */
final class Graph {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private int trunkEnd = -1;

  /** The images: three channels. */
  Node input() {
    return add("input", new Op.Input(3), 3);
  }

  /** A convolution whose weight starts from {@code weight}. */
  Node conv(String name, Node x, int out, Convolution form, Initialiser weight) {
    Conv2d op =
        new Conv2d(
            x.channels(), out, form.kernel, form.stride, form.padding, form.groups, form.bias);
    long fanIn = (long) op.in() / op.groups() * op.kernel() * op.kernel();
    // torch reads the outputs off the weight's shape, so groups do not divide them
    long fanOut = (long) op.out() * op.kernel() * op.kernel();
    List<Long> shape =
        List.of(
            (long) op.out(), (long) op.in() / op.groups(), (long) op.kernel(), (long) op.kernel());
    own(name + ".weight", shape, Role.WEIGHT, weight.of(fanIn, fanOut));
    if (op.bias()) {
      own(name + ".bias", List.of((long) out), Role.BIAS, weight.bias(fanIn));
    }
    return add(name, op, out, x);
  }

  /** Batch normalisation, starting as the identity. */
  Node batchNorm(String name, Node x) {
    List<Long> shape = List.of((long) x.channels());
    own(name + ".weight", shape, Role.NORM, Initial.ONES);
    own(name + ".bias", shape, Role.NORM, Initial.ZEROS);
    own(name + ".running_mean", shape, Role.STATISTIC, Initial.ZEROS);
    own(name + ".running_var", shape, Role.STATISTIC, Initial.ONES);
    own(name + ".num_batches_tracked", List.of(), Role.COUNTER, Initial.ZEROS);
    return add(name, new BatchNorm2d(x.channels()), x.channels(), x);
  }

  /** A fully connected layer; {@code in} is given because it can depend on a flattened grid. */
  Node linear(String name, Node x, int in, int out, Initialiser weight) {
    own(name + ".weight", List.of((long) out, (long) in), Role.WEIGHT, weight.of(in, out));
    own(name + ".bias", List.of((long) out), Role.BIAS, weight.bias(in));
    return add(name, new Op.Linear(in, out), out, x);
  }

  Node relu(Node x) {
    return add("relu", new Op.Relu(), x.channels(), x);
  }

  Node maxPool(Node x, int kernel, int stride, int padding, boolean ceil) {
    return add("maxpool", new Op.MaxPool2d(kernel, stride, padding, ceil), x.channels(), x);
  }

  Node avgPool(Node x, int kernel, int stride) {
    return add("avgpool", new Op.AvgPool2d(kernel, stride), x.channels(), x);
  }

  Node adaptiveAvgPool(Node x, int size) {
    return add("adaptive_avgpool", new Op.AdaptiveAvgPool2d(size), x.channels(), x);
  }

  Node dropout(Node x, double probability) {
    return add("dropout", new Op.Dropout(probability), x.channels(), x);
  }

  Node plus(Node a, Node b) {
    return add("add", new Op.Add(), a.channels(), a, b);
  }

  Node concat(Node... inputs) {
    return add(
        "concat", new Op.Concat(), Arrays.stream(inputs).mapToInt(Node::channels).sum(), inputs);
  }

  /** Flattens a map of {@code cells} positions. */
  Node flatten(Node x, int cells) {
    return add("flatten", new Op.Flatten(), x.channels() * cells, x);
  }

  /** Says that {@code x} are the features: what follows is the head. */
  Node features(Node x) {
    trunkEnd = x.index();
    return x;
  }

  Network build(String name, int classes, String head) {
    return new Network(name, classes, nodes, parameters, trunkEnd, head);
  }

  private Node add(String name, Op op, int channels, Node... inputs) {
    int index = nodes.size();
    boolean owner = op instanceof Conv2d || op instanceof BatchNorm2d || op instanceof Op.Linear;
    List<Integer> from = Arrays.stream(inputs).map(Node::index).toList();
    Node node = new Node(index, owner ? name : name + "_" + index, op, from, channels);
    nodes.add(node);
    return node;
  }

  private void own(String name, List<Long> shape, Role role, Initial initial) {
    if (parameters.put(name, new Parameter(name, shape, role, initial)) != null) {
      throw new IllegalArgumentException("two parameters are called " + name);
    }
  }

  /** A convolution's form; starts as torch's defaults: stride 1, no padding, one group, a bias. */
  record Convolution(int kernel, int stride, int padding, int groups, boolean bias) {
    static Convolution kernel(int kernel) {
      return new Convolution(kernel, 1, 0, 1, true);
    }

    Convolution stride(int value) {
      return new Convolution(kernel, value, padding, groups, bias);
    }

    Convolution padding(int value) {
      return new Convolution(kernel, stride, value, groups, bias);
    }

    Convolution groups(int value) {
      return new Convolution(kernel, stride, padding, value, bias);
    }

    Convolution noBias() {
      return new Convolution(kernel, stride, padding, groups, false);
    }
  }

  /** A family's rule for new weights and their biases. */
  enum Initialiser {
    /** torch's own default, weight and bias. */
    TORCH {
      @Override
      Initial of(long fanIn, long fanOut) {
        return Initial.torchDefault(fanIn);
      }

      @Override
      Initial bias(long fanIn) {
        return Initial.torchDefault(fanIn);
      }
    },
    /** torch's own default for the weight, biases zero. */
    TORCH_WEIGHT {
      @Override
      Initial of(long fanIn, long fanOut) {
        return Initial.torchDefault(fanIn);
      }
    },
    /** Kaiming normal over the outputs, biases zero. */
    KAIMING_NORMAL {
      @Override
      Initial of(long fanIn, long fanOut) {
        return Initial.kaimingNormal(fanOut);
      }
    },
    /** Kaiming normal over the inputs, biases zero. */
    KAIMING_NORMAL_IN {
      @Override
      Initial of(long fanIn, long fanOut) {
        return Initial.kaimingNormal(fanIn);
      }
    },
    /** Normal with deviation 0.01, biases zero: VGG's linear layers, SqueezeNet's last. */
    SMALL_NORMAL {
      @Override
      Initial of(long fanIn, long fanOut) {
        return new Initial.Normal(0.01);
      }
    },
    /** Kaiming uniform over the inputs, biases zero. */
    KAIMING_UNIFORM {
      @Override
      Initial of(long fanIn, long fanOut) {
        return Initial.kaimingUniform(fanIn);
      }
    };

    abstract Initial of(long fanIn, long fanOut);

    Initial bias(long fanIn) {
      return Initial.ZEROS;
    }
  }
}
