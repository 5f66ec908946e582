package io.transferlearning.data;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which images an epoch consists of, and in what order. An epoch always has as many as there are.
 */
public enum Sampling {
  /** Every image once, in an order of the epoch's own. */
  SHUFFLED {
    @Override
    public int[] order(int[] labels, long seed, int epoch) {
      // The images' own streams have three coordinates, so this one is none of them.
      return RandomStream.of(seed, epoch).permutation(labels.length);
    }
  },
  /** As many images of each class as of every other. */
  BALANCED {
    @Override
    public int[] order(int[] labels, long seed, int epoch) {
      return new BalancedOrder(labels, seed).epoch(epoch);
    }
  };

  /**
   * The images of an epoch, the same for the same arguments.
   *
   * @param labels the class of each image
   * @param seed of the training
   * @param epoch its number
   * @return indices into {@code labels}, as many as there are
   */
  public abstract int[] order(int[] labels, long seed, int epoch);

  /** The word users write. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a word of {@link #texts} stands for. */
  public static Sampling parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** All words, in the order of the enumeration. */
  public static String[] texts() {
    return Stream.of(values()).map(Sampling::text).toArray(String[]::new);
  }
}
