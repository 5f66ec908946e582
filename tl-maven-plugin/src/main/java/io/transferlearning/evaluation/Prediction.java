package io.transferlearning.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network said about one image.
 *
 * @param image the image's name, usually its path below the dataset's folder, with {@code /}
 * @param label index of the true class
 * @param probabilities one number for each class, in the classes' order: finite, 0..1, summing to
 *     about 1
 */
public record Prediction(String image, int label, List<Float> probabilities) {

  /**
   * @throws IllegalArgumentException when the label is no index of a class or a probability is not
   *     a number from 0 to 1
   */
  public Prediction {
    probabilities = List.copyOf(probabilities);
    if (label < 0 || label >= probabilities.size()) {
      throw new IllegalArgumentException(
          image + ": label " + label + " with " + probabilities.size() + " classes");
    }
    for (float probability : probabilities) {
      // Written so that NaN is refused as well.
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            image + ": probability " + probability + " is not a number from 0 to 1");
      }
    }
  }

  /** As the constructor, from the array that an engine returns. */
  public static Prediction of(String image, int label, float[] probabilities) {
    List<Float> boxed = new ArrayList<>(probabilities.length);
    for (float probability : probabilities) {
      boxed.add(probability);
    }
    return new Prediction(image, label, boxed);
  }

  /** Index of the most probable class; the first of several that are equal. */
  public int predicted() {
    int best = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      if (probabilities.get(i) > probabilities.get(best)) {
        best = i;
      }
    }
    return best;
  }

  /** Whether the most probable class is the true one. */
  public boolean correct() {
    return predicted() == label;
  }

  /** The probability of the predicted class. */
  public float confidence() {
    return probabilities.get(predicted());
  }

  /** How many classes rank above the true one, 0 for the top prediction; ties go by index. */
  public int rankOfLabel() {
    float own = probabilities.get(label);
    int rank = 0;
    for (int i = 0; i < probabilities.size(); i++) {
      float other = probabilities.get(i);
      // Equal ones count in index order, so that rank 0 is the same as being correct.
      if (other > own || (other == own && i < label)) {
        rank++;
      }
    }
    return rank;
  }
}
