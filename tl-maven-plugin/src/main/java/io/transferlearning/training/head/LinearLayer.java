package io.transferlearning.training.head;

/**
 * A linear layer's parameters.
 *
 * @param weight (K, D) row by row
 * @param bias (K)
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over to one owner.
public record LinearLayer(float[] weight, float[] bias) {}
