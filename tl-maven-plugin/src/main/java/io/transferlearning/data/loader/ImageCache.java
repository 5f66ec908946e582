package io.transferlearning.data.loader;

import io.transferlearning.data.image.Pixels;
import java.util.function.Supplier;

/**
 * Keeps images between epochs, bit for bit, so that keeping them or not has no influence on what is
 * loaded. Images are numbered by their position in one list, so a cache belongs to that list. Safe
 * for use by many threads.
 */
public interface ImageCache extends AutoCloseable {

  /** The image at a position: the kept one, or what {@code maker} makes, kept where it fits. */
  Pixels get(int index, Supplier<Pixels> maker);

  /** Forgets the images. Whoever still asks for one gets it made. */
  @Override
  default void close() {}

  /** Keeps nothing. */
  static ImageCache none() {
    return (index, maker) -> maker.get();
  }
}
