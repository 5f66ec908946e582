package io.transferlearning.data;

import io.transferlearning.problem.DataProblems;

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
}
