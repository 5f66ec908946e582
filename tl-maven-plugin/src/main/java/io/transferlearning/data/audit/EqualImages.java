package io.transferlearning.data.audit;

import io.transferlearning.data.audit.Examined.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * At least two images with the same pixels, in the order of the dataset; damaged ones with the same
 * bytes, as what is missing from two images looks the same.
 *
 * @param images the images
 */
record EqualImages(List<Examined> images) {
  /** How many of them an example names. */
  private static final int SHOWN = 4;

  /** All there are among images, by the first of each in the order of the dataset. */
  static List<EqualImages> among(List<Examined> all) {
    // Sorted numbers take a fraction of the memory of a map of lists.
    int[] order =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).facts().isDecoded())
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> identity(all, i))
                    .thenComparing(Comparator.naturalOrder()))
            .mapToInt(i -> i)
            .toArray();
    List<int[]> groups = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= order.length; end++) {
      boolean same =
          end < order.length && identity(all, order[end]).equals(identity(all, order[start]));
      if (!same) {
        if (end - start > 1) {
          groups.add(Arrays.copyOfRange(order, start, end));
        }
        start = end;
      }
    }
    groups.sort(Comparator.comparingInt(group -> group[0]));
    return groups.stream()
        .map(group -> new EqualImages(IntStream.of(group).mapToObj(all::get).toList()))
        .toList();
  }

  private static Digest identity(List<Examined> all, int index) {
    ImageFacts facts = all.get(index).facts();
    return facts.damage() == null ? facts.pixels() : facts.content();
  }

  /** What is wrong with them being equal. */
  Set<Kind> kinds() {
    Set<Split> splits = new HashSet<>();
    Set<Integer> classes = new HashSet<>();
    Set<List<Object>> places = new HashSet<>();
    boolean twice = false;
    for (Examined one : images) {
      splits.add(one.split());
      classes.add(one.image().label());
      twice |= !places.add(List.of(one.split(), one.image().label()));
    }
    Set<Kind> kinds = new HashSet<>();
    if (splits.contains(Split.TEST) && splits.size() > 1) {
      kinds.add(Kind.TEST_LEAKAGE);
    }
    if (splits.contains(Split.TRAIN) && splits.contains(Split.VALIDATION)) {
      kinds.add(Kind.VALIDATION_LEAKAGE);
    }
    if (classes.size() > 1) {
      kinds.add(Kind.TWO_CLASSES);
    }
    if (twice) {
      kinds.add(Kind.DUPLICATES);
    }
    return kinds;
  }

  /** The files, and whether they differ in all but their pixels. */
  Example example() {
    long contents = images.stream().map(one -> one.facts().content()).distinct().count();
    List<Path> files = images.stream().limit(SHOWN).map(Examined::file).toList();
    String more = images.size() > SHOWN ? " = " + (images.size() - SHOWN) + " more" : "";
    return new Example(files, more + (contents > 1 ? " (the same pixels in different files)" : ""));
  }
}
