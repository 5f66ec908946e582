package io.transferlearning.training;

import io.transferlearning.weights.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What a module is between two steps. There is no random state: shuffling, augmentation and dropout
 * belong to the seed and the place.
 *
 * @param weights all parameters and buffers, the last ones and not their average
 * @param memory the optimizer's state, averages included, in its own order
 * @param parts in which a batch is computed
 */
record Snapshot(Map<String, Tensor> weights, List<Tensor> memory, int parts) {}
