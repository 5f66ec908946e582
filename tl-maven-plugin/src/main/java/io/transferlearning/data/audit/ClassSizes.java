package io.transferlearning.data.audit;

import io.transferlearning.data.Dataset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many training images each class has.
 *
 * @param sizes the classes in their order
 */
record ClassSizes(List<Size> sizes) {
  /** A class. */
  record Size(String name, int images) {
    @Override
    public String toString() {
      return name + " (" + images + ")";
    }
  }

  static ClassSizes of(Dataset dataset) {
    int[] counts = new int[dataset.classes().size()];
    dataset.train().forEach(image -> counts[image.label()]++);
    return new ClassSizes(
        IntStream.range(0, counts.length)
            .mapToObj(label -> new Size(dataset.classes().get(label), counts[label]))
            .toList());
  }

  /** Classes with few images. */
  List<String> few() {
    return sizes.stream().filter(size -> size.images() < Kind.FEW).map(Size::toString).toList();
  }

  /** The largest and the smallest class, where one is many times the other; empty otherwise. */
  List<String> uneven() {
    Size largest = sizes.stream().max(Comparator.comparingInt(Size::images)).orElseThrow();
    Size smallest = sizes.stream().min(Comparator.comparingInt(Size::images)).orElseThrow();
    return largest.images() >= (long) Kind.UNEVEN * Math.max(1, smallest.images())
        ? List.of(largest + " against " + smallest)
        : List.of();
  }
}
