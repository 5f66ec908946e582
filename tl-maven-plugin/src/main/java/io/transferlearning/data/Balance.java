package io.transferlearning.data;

import io.transferlearning.problem.DataProblems;
import java.util.List;

/**
 * What is done about classes of unequal size.
 *
 * @param weighted whether an image counts in the loss by the inverse frequency of its class
 * @param sampling which images an epoch consists of
 */
public record Balance(boolean weighted, Sampling sampling) {
  /** Nothing: classes count as often as they occur. */
  public static final Balance NONE = new Balance(false, Sampling.SHUFFLED);

  /**
   * @throws io.transferlearning.problem.Problem where both are asked for, which would correct the
   *     same imbalance twice
   */
  public Balance {
    if (weighted && sampling == Sampling.BALANCED) {
      throw DataProblems.balancedTwice();
    }
  }

  /** The weights that belong to a dataset's training images. */
  public ClassWeights weights(Dataset dataset) {
    return weighted
        ? ClassWeights.balanced(dataset.train(), dataset.classes().size())
        : ClassWeights.NONE;
  }

  /**
   * The weight of each class where all training images are looked at together, so that drawing a
   * class more often and weighing it more are the same.
   */
  public List<Double> importance(Dataset dataset) {
    int classes = dataset.classes().size();
    boolean balanced = weighted || sampling == Sampling.BALANCED;
    ClassWeights weights =
        balanced ? ClassWeights.balanced(dataset.train(), classes) : ClassWeights.NONE;
    return weights.of(classes);
  }
}
