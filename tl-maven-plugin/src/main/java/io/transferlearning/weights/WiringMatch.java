package io.transferlearning.weights;

import io.transferlearning.problem.OnnxProblems;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.Wiring.Kind;
import io.transferlearning.weights.Wiring.Step;
import io.transferlearning.weights.Wiring.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Gives the tensors of a file the names of a network by following both in order: a layer of the
 * file is the layer of the network that has the same kind, the same shape and the same input. Where
 * several do (a ResNeXt block's first convolution and its shortcut), what follows them decides;
 * where that does not either, nothing is guessed.
 *
 * <p>Exporters fold a batch normalisation into the convolution before it, which then has a bias. It
 * is put in as a normalisation that only adds this bias: scale 1, mean 0, and a variance that is 1
 * with epsilon.
 */
final class WiringMatch {
  /** What batch normalisation adds to the variance, in all our networks. */
  private static final float EPSILON = 1e-5f;

  private final String origin;
  private final StateDict found;
  private final LayerTree file;
  private final LayerTree network;
  private final Set<String> head;

  /** The network's step for each of the file's, where there is one. */
  private final Map<Integer, Integer> places = new HashMap<>();

  private final Set<Integer> taken = new HashSet<>();
  private final Map<String, Tensor> renamed = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  private WiringMatch(
      String origin,
      StateDict found,
      Wiring file,
      Wiring network,
      Map<String, List<Long>> expected,
      Set<String> head) {
    this.origin = origin;
    this.found = found;
    Map<String, List<Long>> shapes = new HashMap<>();
    found.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    this.file = new LayerTree(file, shapes);
    this.network = new LayerTree(network, expected);
    this.head = head;
  }

  /**
   * The file's tensors under the network's names. Those of no layer keep their own.
   *
   * @param origin the file's name, for messages
   * @param expected the shapes of the network's tensors
   * @param head the names of those that depend on the classes
   * @throws Problem when a layer of the file has no counterpart, or more than one
   */
  static StateDict rename(
      String origin,
      StateDict found,
      Wiring file,
      Wiring network,
      Map<String, List<Long>> expected,
      Set<String> head) {
    return new WiringMatch(origin, found, file, network, expected, head).rename();
  }

  private StateDict rename() {
    for (int i = 0; i < file.size(); i++) {
      switch (file.step(i).kind()) {
        case INPUT -> places.put(i, 0);
        case SUM, JOIN -> merge(i);
        case CONVOLUTION, NORMALISATION, LINEAR -> place(i);
        case OTHER -> {
          // A layer behind it has no counterpart, and says so.
        }
      }
    }
    found
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!used.contains(name)) {
                renamed.putIfAbsent(name, tensor);
              }
            });
    return new StateDict(renamed, found.metadata());
  }

  private void merge(int i) {
    List<Integer> inputs = new ArrayList<>();
    for (int input : file.step(i).inputs()) {
      Integer place = places.get(input);
      if (place == null) {
        return;
      }
      inputs.add(place);
    }
    network.merged(file.step(i).kind(), inputs).ifPresent(place -> places.put(i, place));
  }

  private void place(int i) {
    Step step = file.step(i);
    List<Integer> candidates = new ArrayList<>();
    Integer input = places.get(step.inputs().get(0));
    if (input != null) {
      for (int candidate : network.consumers(input)) {
        if (!taken.contains(candidate) && fits(i, candidate)) {
          candidates.add(candidate);
        }
      }
    }
    if (candidates.size() > 1) {
      candidates.removeIf(each -> !network.following(each).equals(file.following(i)));
    }
    if (candidates.isEmpty()) {
      throw OnnxProblems.noSuchLayer(
          origin, step.parameters().get(0), String.valueOf(file.shape(i)), Fingerprint.of(found));
    }
    if (candidates.size() > 1) {
      throw OnnxProblems.ambiguousLayer(
          origin,
          step.parameters().get(0),
          candidates.stream().map(each -> network.step(each).parameters().get(0)).toList());
    }
    take(i, candidates.get(0));
  }

  private boolean fits(int i, int candidate) {
    Step own = file.step(i);
    Step other = network.step(candidate);
    if (own.kind() != other.kind() || !sameShape(i, candidate)) {
      return false;
    }
    return isFolded(i, candidate) || own.parameters().size() == other.parameters().size();
  }

  /** The head may have another number of outputs. */
  private boolean sameShape(int i, int candidate) {
    List<Long> own = file.shape(i);
    List<Long> other = network.shape(candidate);
    if (head.contains(network.step(candidate).parameters().get(0))) {
      return own.size() == other.size()
          && own.subList(1, own.size()).equals(other.subList(1, other.size()));
    }
    return own.equals(other);
  }

  /** Whether a convolution of the file is one of the network and its normalisation in one. */
  private boolean isFolded(int i, int candidate) {
    return file.step(i).kind() == Kind.CONVOLUTION
        && file.step(i).parameters().size() == 2
        && network.normalisationOf(candidate).isPresent()
        && file.normalisationOf(i).isEmpty();
  }

  private void take(int i, int place) {
    requireSameWindow(origin, file.step(i), network.step(place));
    List<String> own = file.step(i).parameters();
    List<String> names = network.step(place).parameters();
    used.addAll(own);
    taken.add(place);
    places.put(i, place);
    if (!isFolded(i, place)) {
      for (int k = 0; k < own.size(); k++) {
        renamed.put(names.get(k), found.tensor(own.get(k)));
      }
      return;
    }
    int normalisation = network.normalisationOf(place).orElseThrow();
    taken.add(normalisation);
    places.put(i, normalisation);
    int channels = Math.toIntExact(file.shape(i).get(0));
    renamed.put(names.get(0), found.tensor(own.get(0)));
    if (names.size() == 2) {
      renamed.put(names.get(1), filled(channels, 0));
    }
    List<String> norm = network.step(normalisation).parameters();
    renamed.put(norm.get(0), filled(channels, 1));
    renamed.put(norm.get(1), found.tensor(own.get(1)));
    renamed.put(norm.get(2), filled(channels, 0));
    renamed.put(norm.get(3), filled(channels, 1 - EPSILON));
  }

  /** For files whose tensors have the network's names already. */
  static void requireSameWindows(String origin, Wiring file, Wiring network) {
    Map<String, Step> byWeight = new HashMap<>();
    for (Step step : network.steps()) {
      step.parameters().stream().limit(1).forEach(weight -> byWeight.put(weight, step));
    }
    for (Step step : file.steps()) {
      step.parameters().stream()
          .limit(1)
          .map(byWeight::get)
          .filter(Objects::nonNull)
          .forEach(other -> requireSameWindow(origin, step, other));
    }
  }

  /** Networks that differ in a stride alone have the same tensors. */
  private static void requireSameWindow(String origin, Step own, Step other) {
    if (own.window().isPresent()
        && other.window().isPresent()
        && !own.window().get().fits(other.window().get())) {
      Window found = own.window().get();
      Window expected = other.window().get();
      throw OnnxProblems.window(
          origin,
          own.parameters().get(0),
          List.of(found.strides(), found.padding()),
          List.of(expected.strides(), expected.padding()));
    }
  }

  private static Tensor filled(int channels, float value) {
    float[] values = new float[channels];
    Arrays.fill(values, value);
    return Tensor.of(values, channels);
  }
}
