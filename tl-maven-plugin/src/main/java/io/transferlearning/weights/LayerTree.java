package io.transferlearning.weights;

import io.transferlearning.weights.Wiring.Kind;
import io.transferlearning.weights.Wiring.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A wiring with the shapes of its parameters, and what is asked of both when two are matched. */
final class LayerTree {
  private final List<Step> steps;
  private final Map<String, List<Long>> shapes;
  private final List<List<Integer>> consumers = new ArrayList<>();

  /** The steps of two inputs or more, by their kind and their inputs. */
  private final Map<Merge, Integer> merges = new HashMap<>();

  /** For a join, everything joined: joins of joins are one. */
  private final Map<Integer, List<Integer>> parts = new HashMap<>();

  /** A sum's inputs in ascending order, a join's flat and in their own. */
  private record Merge(Kind kind, List<Integer> inputs) {}

  LayerTree(Wiring wiring, Map<String, List<Long>> shapes) {
    this.steps = wiring.steps();
    this.shapes = shapes;
    for (int i = 0; i < steps.size(); i++) {
      consumers.add(new ArrayList<>(1));
      for (int input : steps.get(i).inputs()) {
        consumers.get(input).add(i);
      }
    }
  }

  int size() {
    return steps.size();
  }

  Step step(int i) {
    return steps.get(i);
  }

  /** The shape of a layer's first tensor; empty for other steps. */
  List<Long> shape(int i) {
    List<String> parameters = steps.get(i).parameters();
    return parameters.isEmpty() ? List.of() : shapes.getOrDefault(parameters.get(0), List.of());
  }

  /** The steps that use a step's result. */
  List<Integer> consumers(int i) {
    return consumers.get(i);
  }

  /** The batch normalisation that a layer's result goes to, where it goes nowhere else. */
  Optional<Integer> normalisationOf(int i) {
    return Optional.of(consumers.get(i))
        .filter(all -> all.size() == 1)
        .map(all -> all.get(0))
        .filter(next -> steps.get(next).kind() == Kind.NORMALISATION);
  }

  /** What uses a layer's result, through a normalisation: kinds and shapes but for the outputs. */
  Set<String> following(int i) {
    Set<String> following = new TreeSet<>();
    for (int next : consumers.get(normalisationOf(i).orElse(i))) {
      List<Long> shape = shape(next);
      following.add(
          steps.get(next).kind() + (shape.isEmpty() ? "" : "" + shape.subList(1, shape.size())));
    }
    return following;
  }

  /** The step that adds or joins the results of these steps. */
  Optional<Integer> merged(Kind kind, List<Integer> inputs) {
    if (merges.isEmpty()) {
      indexMerges();
    }
    if (inputs.size() > steps.size()) {
      return Optional.empty();
    }
    List<Integer> flat = flat(kind, inputs);
    return flat.size() == 1
        ? Optional.of(flat.get(0))
        : Optional.ofNullable(merges.get(new Merge(kind, flat)));
  }

  private void indexMerges() {
    for (int i = 0; i < steps.size(); i++) {
      Kind kind = steps.get(i).kind();
      if (kind == Kind.SUM || kind == Kind.JOIN) {
        List<Integer> flat = flat(kind, steps.get(i).inputs());
        merges.put(new Merge(kind, flat), i);
        if (kind == Kind.JOIN) {
          parts.put(i, flat);
        }
      }
    }
  }

  private List<Integer> flat(Kind kind, List<Integer> inputs) {
    List<Integer> flat = new ArrayList<>();
    for (int input : inputs) {
      flat.addAll(kind == Kind.JOIN ? parts.getOrDefault(input, List.of(input)) : List.of(input));
    }
    if (kind == Kind.SUM) {
      Collections.sort(flat);
    }
    return flat;
  }
}
