package io.transferlearning.data.loader;

import io.transferlearning.data.image.Pixels;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Keeps decoded images between epochs. Images are numbered by their position in one list, so a
 * cache belongs to that list. Safe for use by many threads.
 */
public interface ImageCache {
  /** What is kept where nothing is said: 512 MiB. */
  long DEFAULT_BUDGET = 512L << 20;

  /** The image at a position: the kept one, or what {@code decoder} makes, kept where it fits. */
  Pixels get(int index, Supplier<Pixels> decoder);

  /** Keeps nothing. */
  static ImageCache none() {
    return (index, decoder) -> decoder.get();
  }

  /**
   * Keeps images on the heap, the first ones to come, until they take {@code budget} bytes; nothing
   * is ever driven out. Epochs visit every image once, so any choice is as good as another, and the
   * least recently used would be the worst.
   */
  static ImageCache inMemory(long budget) {
    ConcurrentMap<Integer, Pixels> kept = new ConcurrentHashMap<>();
    AtomicLong left = new AtomicLong(budget);
    return (index, decoder) -> {
      Pixels known = kept.get(index);
      if (known != null) {
        return known;
      }
      Pixels image = decoder.get();
      long bytes = image.rgb().length;
      if (left.addAndGet(-bytes) < 0 || kept.putIfAbsent(index, image) != null) {
        left.addAndGet(bytes);
      }
      return image;
    };
  }
}
