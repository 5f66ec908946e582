package io.transferlearning.training;

/**
 * When a training ends.
 *
 * @param epochs most passes over the training images, at least 1
 * @param patience epochs without a better one after which training stops; 0 never stops early
 * @param minutes after which no further epoch starts; 0 for no limit
 */
public record Stopping(int epochs, int patience, double minutes) {}
