package io.transferlearning.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Draws every class equally often. An image's expected number of visits is that of torch's {@code
 * WeightedRandomSampler} with the inverse frequency of its class as weight ({@code images /
 * (classes * images of the class)} an epoch), but without that sampler's chance: the classes of an
 * epoch differ by one image at most, and each class is dealt like a deck of cards that is shuffled
 * again only when it is used up, over epochs too, so that no image is seen twice before all others
 * of its class have been seen once.
 */
final class BalancedOrder {
  private final long seed;
  private final int size;

  /** The images of each class that has any. */
  private final int[][] decks;

  BalancedOrder(int[] labels, long seed) {
    this.seed = seed;
    this.size = labels.length;
    this.decks =
        Arrays.stream(labels)
            .distinct()
            .sorted()
            .mapToObj(label -> indices(labels, label))
            .toArray(int[][]::new);
  }

  private static int[] indices(int[] labels, int label) {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
  }

  int[] epoch(int epoch) {
    int[] chosen = new int[size];
    int at = 0;
    for (int deck = 0; deck < decks.length; deck++) {
      long first = dealt(deck, epoch);
      long end = dealt(deck, epoch + 1);
      at += deal(deck, first, (int) (end - first), chosen, at);
    }
    int[] order = RandomStream.of(seed, epoch).permutation(size);
    Arrays.setAll(order, i -> chosen[order[i]]);
    return order;
  }

  /**
   * How many cards of a deck are dealt before an epoch: cards of all decks go round, so that what
   * can not be divided falls to another class in the next epoch.
   */
  private long dealt(int deck, int epoch) {
    long all = (long) epoch * size;
    return all / decks.length + (deck < all % decks.length ? 1 : 0);
  }

  private int deal(int deck, long first, int count, int[] target, int at) {
    int[] cards = decks[deck];
    int[] shuffled = new int[0];
    long shuffle = -1;
    for (int i = 0; i < count; i++) {
      long card = first + i;
      if (card / cards.length != shuffle) {
        shuffle = card / cards.length;
        // Four coordinates: neither an image's stream nor an epoch's.
        shuffled = RandomStream.of(seed, deck, shuffle, cards.length).permutation(cards.length);
      }
      target[at + i] = cards[shuffled[(int) (card % cards.length)]];
    }
    return count;
  }
}
