package io.transferlearning.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How much an image of each class counts in the training loss, as {@code weight} of torch's {@code
 * cross_entropy}: the mean over a batch is divided by the sum of its images' weights, so that the
 * size of the steps does not depend on which classes a batch happens to hold.
 *
 * @param values a weight for each class, above 0; empty where all count the same
 */
public record ClassWeights(List<Double> values) {
  /** All images count the same. */
  public static final ClassWeights NONE = new ClassWeights(List.of());

  /** Keeps a copy; refuses weights that are not above 0. */
  public ClassWeights {
    values = List.copyOf(values);
    for (double value : values) {
      // The negation refuses NaN too.
      if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("class weights are above 0 and finite: " + values);
      }
    }
  }

  /**
   * Every class counts the same, however many images it has: {@code images / (classes * images of
   * the class)}, whose mean over the images is 1. King and Zeng's formula (2001, "Logistic
   * regression in rare events data"), which scikit-learn calls {@code class_weight="balanced"}.
   *
   * @param images the training images; at least one of each class
   * @param classes the number of classes
   */
  public static ClassWeights balanced(List<LabeledImage> images, int classes) {
    int[] counts = counts(images, classes);
    return new ClassWeights(
        Arrays.stream(counts)
            .mapToObj(count -> images.size() / ((double) classes * count))
            .toList());
  }

  private static int[] counts(List<LabeledImage> images, int classes) {
    int[] counts = new int[classes];
    images.forEach(image -> counts[image.label()]++);
    return counts;
  }

  /** A weight for each of so many classes, written out. */
  public List<Double> of(int classes) {
    return values.isEmpty() ? Collections.nCopies(classes, 1.0) : values;
  }
}
