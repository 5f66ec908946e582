package io.transferlearning.training;

import io.transferlearning.network.Network;
import io.transferlearning.network.Parameter;
import io.transferlearning.network.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The parameters that train, in groups of one rate and one decay, from the image to the head; their
 * order is that of the optimizer's state.
 */
final class ParameterGroups {
  private final List<Group> groups = new ArrayList<>();

  /** For each stage that trains, the head's included: the position of its first parameter. */
  private final List<Integer> stageStarts = new ArrayList<>();

  private final Set<String> frozen;
  private final boolean gradual;

  /**
   * Parameters that share a rate and a decay.
   *
   * @param head whether the rate is the head's
   * @param scale what the rate is multiplied by
   * @param decay their weight decay
   * @param from position of the first among all that train
   * @param names of them
   */
  record Group(boolean head, double scale, double decay, int from, List<String> names) {
    int end() {
      return from + names.size();
    }
  }

  private ParameterGroups(Set<String> frozen, boolean gradual) {
    this.frozen = frozen;
    this.gradual = gradual;
  }

  /** The groups of a recipe where everything trains that is not frozen. */
  static ParameterGroups everything(Network network, Recipe recipe) {
    Stages stages = Stages.of(network);
    Freezing freezing = recipe.freezing();
    ParameterGroups all = new ParameterGroups(stages.upTo(freezing.upTo()), freezing.gradual());
    List<List<Parameter>> parameters = stages.parameters();
    int lastOfBody = parameters.size() - 2;
    for (int stage = 0; stage < parameters.size(); stage++) {
      boolean head = stage > lastOfBody;
      double scale = head ? 1 : Math.pow(recipe.optimizer().layerDecay(), lastOfBody - stage);
      all.add(parameters.get(stage), head, scale, recipe.optimizer().weightDecay());
    }
    return all;
  }

  /** The head alone. */
  static ParameterGroups head(Network network, Recipe recipe) {
    ParameterGroups all = new ParameterGroups(Set.of(), false);
    List<Parameter> head =
        network.headParameters().stream().map(network::parameter).sorted(byOrder(network)).toList();
    all.add(head, true, 1, recipe.optimizer().weightDecay());
    return all;
  }

  private static java.util.Comparator<Parameter> byOrder(Network network) {
    List<String> order = List.copyOf(network.parameters().keySet());
    return java.util.Comparator.comparingInt(parameter -> order.indexOf(parameter.name()));
  }

  private void add(List<Parameter> parameters, boolean head, double scale, double decay) {
    int start = size();
    for (boolean decayed : new boolean[] {true, false}) {
      List<String> names =
          parameters.stream()
              .filter(p -> p.role().trained() && !frozen.contains(p.name()))
              .filter(p -> decayed == (p.role() == Parameter.Role.WEIGHT))
              .map(Parameter::name)
              .toList();
      if (!names.isEmpty()) {
        groups.add(new Group(head, scale, decayed ? decay : 0, size(), names));
      }
    }
    if (size() > start) {
      stageStarts.add(start);
    }
  }

  List<Group> groups() {
    return groups;
  }

  /** How many parameters train. */
  int size() {
    return groups.isEmpty() ? 0 : groups.get(groups.size() - 1).end();
  }

  /** Names of all that train. */
  List<String> names() {
    return groups.stream().flatMap(group -> group.names().stream()).toList();
  }

  /** Names of parameters and buffers that stay as they are. */
  Set<String> frozen() {
    return frozen;
  }

  /**
   * The position of the first parameter that trains in an epoch of gradual unfreezing: the head and
   * the stage before it in the first, one stage more in each that follows.
   *
   * @param epoch counts from 1
   */
  int firstOf(int epoch) {
    return stageStarts.get(Math.max(0, stageStarts.size() - 1 - epoch));
  }

  /**
   * A number that parameters share which train from the same epoch on; that of parameters that
   * never do is their own.
   */
  int stage(String parameter) {
    int position = names().indexOf(parameter);
    if (position < 0) {
      return -1;
    }
    return gradual ? (int) stageStarts.stream().filter(start -> start <= position).count() : 0;
  }

  /** Positions at which a training may begin. */
  List<Integer> starts() {
    return IntStream.range(0, stageStarts.size()).mapToObj(stageStarts::get).toList();
  }
}
