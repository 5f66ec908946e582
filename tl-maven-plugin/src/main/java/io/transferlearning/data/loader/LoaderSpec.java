package io.transferlearning.data.loader;

import io.transferlearning.data.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * How batches are made.
 *
 * @param batchSize images in a batch, at least 1
 * @param threads threads that decode, at least 1; their number has no influence on the batches
 * @param prefetch batches made ahead of the one in use, at least 1; each takes a buffer
 * @param seed of the shuffling and of the transforms
 * @param sampling which images an epoch consists of; null for all, in the order of the list
 * @param shrinkTo decoded images with a longer shorter side are resized to this length before
 *     anything else, so that large photos fit the cache; 0 to leave them as they are
 */
public record LoaderSpec(
    int batchSize,
    int threads,
    int prefetch,
    long seed,
    @Nullable Sampling sampling,
    int shrinkTo) {
  private static final int DEFAULT_PREFETCH = 3;

  /** Refuses what is out of range. */
  public LoaderSpec {
    if (batchSize < 1 || threads < 1 || prefetch < 1 || shrinkTo < 0) {
      throw new IllegalArgumentException(
          "batch size, threads and prefetch start at 1, shrinkTo at 0: "
              + batchSize
              + ", "
              + threads
              + ", "
              + prefetch
              + ", "
              + shrinkTo);
    }
  }

  /** Shuffled batches to train on. */
  public static LoaderSpec training(int batchSize, int threads, long seed) {
    return training(batchSize, threads, seed, Sampling.SHUFFLED);
  }

  /** Batches to train on. */
  public static LoaderSpec training(int batchSize, int threads, long seed, Sampling sampling) {
    return new LoaderSpec(batchSize, threads, DEFAULT_PREFETCH, seed, sampling, 0);
  }

  /** The same with another length that large images are resized to. */
  public LoaderSpec withShrinkTo(int value) {
    return new LoaderSpec(batchSize, threads, prefetch, seed, sampling, value);
  }

  /** Batches in the order of the list. */
  public static LoaderSpec evaluation(int batchSize, int threads) {
    return new LoaderSpec(batchSize, threads, DEFAULT_PREFETCH, 0, null, 0);
  }
}
