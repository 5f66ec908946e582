package io.transferlearning.network;

import io.transferlearning.weights.Wiring;
import io.transferlearning.weights.Wiring.Kind;
import io.transferlearning.weights.Wiring.Step;
import io.transferlearning.weights.Wiring.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the layers of a network feed each other, to find them in files that name them differently.
 */
public final class NetworkWiring {
  private NetworkWiring() {}

  /** The wiring, whose parameters have the network's names. */
  public static Wiring of(Network network) {
    List<Step> steps = new ArrayList<>();
    Map<Integer, Integer> stepOf = new HashMap<>();
    for (Node node : network.nodes()) {
      List<Integer> inputs =
          node.inputs().stream().map(input -> Objects.requireNonNull(stepOf.get(input))).toList();
      Kind kind = kind(node.op());
      if (kind == Kind.OTHER) {
        stepOf.put(node.index(), inputs.get(0));
      } else {
        stepOf.put(node.index(), steps.size());
        steps.add(
            new Step(kind, parameters(network, node.name(), kind), inputs, window(node.op())));
      }
    }
    return new Wiring(steps);
  }

  /** OTHER for what only passes on the channels of its input. */
  private static Kind kind(Op op) {
    if (op instanceof Op.Input) {
      return Kind.INPUT;
    } else if (op instanceof Op.Conv2d) {
      return Kind.CONVOLUTION;
    } else if (op instanceof Op.BatchNorm2d) {
      return Kind.NORMALISATION;
    } else if (op instanceof Op.Linear) {
      return Kind.LINEAR;
    } else if (op instanceof Op.Add) {
      return Kind.SUM;
    }
    return op instanceof Op.Concat ? Kind.JOIN : Kind.OTHER;
  }

  private static Optional<Window> window(Op op) {
    return op instanceof Op.Conv2d convolution
        ? Optional.of(Window.of(convolution.stride(), convolution.padding()))
        : Optional.empty();
  }

  private static List<String> parameters(Network network, String layer, Kind kind) {
    Stream<String> names =
        switch (kind) {
          case CONVOLUTION, LINEAR -> Stream.of("weight", "bias");
          case NORMALISATION -> Stream.of("weight", "bias", "running_mean", "running_var");
          default -> Stream.of();
        };
    return names.map(name -> layer + "." + name).filter(network.parameters()::containsKey).toList();
  }
}
