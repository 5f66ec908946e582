package io.transferlearning.training.head;

/** Hears how heads are trained. */
@FunctionalInterface
public interface HeadListener {
  /** The head of a penalty has been found. */
  void solved(Solved head);

  /**
   * A head.
   *
   * @param penalty of the squared norm of the weight for standardised features
   * @param iterations that it took
   * @param trainLoss mean cross entropy of the training images, in nats, without the penalty
   * @param validationLoss likewise of the validation images
   * @param trainAccuracy share of correct predictions on the training images, 0..1
   * @param validationAccuracy likewise on the validation images
   */
  record Solved(
      double penalty,
      int iterations,
      double trainLoss,
      double validationLoss,
      double trainAccuracy,
      double validationAccuracy) {}
}
