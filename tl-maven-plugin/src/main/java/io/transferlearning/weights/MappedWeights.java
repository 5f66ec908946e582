package io.transferlearning.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Weights that fit a network: every tensor of the network is in exactly one of the two.
 *
 * @param tensors the loaded tensors, each of the network's shape, in the network's order;
 *     unmodifiable
 * @param fresh the tensors to initialise: all of the head, or none; unmodifiable, in the network's
 *     order
 */
public record MappedWeights(Map<String, Tensor> tensors, Set<String> fresh) {
  public MappedWeights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    fresh = Collections.unmodifiableSet(new LinkedHashSet<>(fresh));
  }
}
