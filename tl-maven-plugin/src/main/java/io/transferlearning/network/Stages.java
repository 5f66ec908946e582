package io.transferlearning.network;

import io.transferlearning.problem.NetworkProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a network in which its parameters are frozen and given their rates: {@code conv1},
 * {@code layer1} … {@code layer4} and {@code fc} of a ResNet, {@code features.3} of a VGG, {@code
 * features.denseblock2} of a DenseNet. A normalisation between them belongs to what it normalises.
 */
public final class Stages {
  /** Modules of torchvision's networks that only hold others. */
  private static final Set<String> CONTAINERS = Set.of("features", "classifier");

  private final Network network;
  private final Map<String, List<Parameter>> stages = new LinkedHashMap<>();

  private Stages(Network network) {
    this.network = network;
    Map<String, List<Parameter>> modules = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters().values()) {
      modules.computeIfAbsent(module(parameter), name -> new ArrayList<>()).add(parameter);
    }
    List<Parameter> before = new ArrayList<>();
    for (Map.Entry<String, List<Parameter>> module : modules.entrySet()) {
      if (weighs(module.getValue()) || stages.isEmpty()) {
        before = new ArrayList<>();
        stages.put(module.getKey(), before);
      }
      before.addAll(module.getValue());
    }
  }

  /** The stages of a network. */
  public static Stages of(Network network) {
    return new Stages(network);
  }

  /** Their names, from the image to the head, which is the last. */
  public List<String> names() {
    return List.copyOf(stages.keySet());
  }

  /** Parameters and buffers of each, in the network's order. */
  public List<List<Parameter>> parameters() {
    return stages.values().stream().map(List::copyOf).toList();
  }

  /**
   * Names of the parameters and buffers from the image up to a module and with it.
   *
   * @param path of a stage, or of a module inside one, such as {@code layer3.1}; empty for none
   * @throws io.transferlearning.problem.Problem for one that there is not, or that holds the head
   */
  public Set<String> upTo(String path) {
    if (path.isEmpty()) {
      return Set.of();
    }
    List<String> all = List.copyOf(network.parameters().keySet());
    int last = -1;
    for (int i = 0; i < all.size(); i++) {
      last = all.get(i).startsWith(path + ".") ? i : last;
    }
    List<String> legal = names().subList(0, stages.size() - 1);
    if (last < 0) {
      throw NetworkProblems.unknownLayer(network.name(), path, legal);
    }
    List<String> frozen = all.subList(0, last + 1);
    if (network.headParameters().stream().anyMatch(frozen::contains)) {
      throw NetworkProblems.frozenHead(network.name(), path, legal);
    }
    return Set.copyOf(frozen);
  }

  private static String module(Parameter parameter) {
    String[] path = parameter.name().split("\\.");
    boolean inside = CONTAINERS.contains(path[0]) && path.length > 2;
    return inside ? path[0] + "." + path[1] : path[0];
  }

  private static boolean weighs(List<Parameter> parameters) {
    return parameters.stream().anyMatch(each -> each.role() == Parameter.Role.WEIGHT);
  }
}
