package io.transferlearning.data.folder;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * Divides images class by class. An image's rank is a hash of the seed, the purpose and its name,
 * so the choice does not depend on the order of files, and a new file moves few of the others.
 */
public final class SeededChoice {
  private final long seed;

  /**
   * @param seed the user's seed
   * @param purpose what is chosen; two purposes choose independently
   */
  SeededChoice(long seed, String purpose) {
    this.seed = RandomStream.mix(seed) ^ hash(purpose);
  }

  /** Images divided in two; both parts in the order they came in. */
  record Parts(List<LabeledImage> chosen, List<LabeledImage> rest) {}

  /**
   * @param images of any number of classes
   * @param count how many to choose from a class of a given size
   */
  Parts choose(List<LabeledImage> images, IntUnaryOperator count) {
    Map<Integer, List<LabeledImage>> byClass = new TreeMap<>();
    for (LabeledImage image : images) {
      byClass.computeIfAbsent(image.label(), label -> new ArrayList<>()).add(image);
    }
    List<LabeledImage> chosen = new ArrayList<>();
    List<LabeledImage> rest = new ArrayList<>();
    for (List<LabeledImage> ofOne : byClass.values()) {
      ofOne.sort(Comparator.comparingLong(this::rank).thenComparing(LabeledImage::name));
      int limit = Math.min(ofOne.size(), count.applyAsInt(ofOne.size()));
      chosen.addAll(ofOne.subList(0, limit));
      rest.addAll(ofOne.subList(limit, ofOne.size()));
    }
    chosen.sort(ORDER);
    rest.sort(ORDER);
    return new Parts(chosen, rest);
  }

  /** The order of images in every split. */
  static final Comparator<LabeledImage> ORDER =
      Comparator.comparingInt(LabeledImage::label).thenComparing(LabeledImage::name);

  private long rank(LabeledImage image) {
    return RandomStream.mix(seed ^ hash(image.name()));
  }

  /** FNV-1a over UTF-8: {@link String#hashCode} has 32 bits, too few for large sets. */
  private static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }
}
