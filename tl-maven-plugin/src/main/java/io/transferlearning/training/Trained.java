package io.transferlearning.training;

import io.transferlearning.evaluation.History;
import io.transferlearning.weights.Tensor;
import java.util.Map;

/**
 * The end of a training.
 *
 * @param tensors all parameters and buffers of the best epoch
 * @param history of the epochs
 */
public record Trained(Map<String, Tensor> tensors, History history) {}
