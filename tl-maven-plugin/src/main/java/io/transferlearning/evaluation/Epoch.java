package io.transferlearning.evaluation;

/**
 * One pass over the training images. What was not measured, or diverged, is NaN.
 *
 * @param number counts from 1
 * @param trainLoss mean cross entropy of the training images, in nats
 * @param validationLoss likewise of the validation images
 * @param trainAccuracy share of correct predictions on the training images, 0..1
 * @param validationAccuracy likewise on the validation images
 * @param learningRate at the end of the epoch; NaN where the solver has none
 * @param seconds how long it took
 * @param waited the part of that time in which the network stood still for want of images, 0..1
 */
public record Epoch(
    int number,
    double trainLoss,
    double validationLoss,
    double trainAccuracy,
    double validationAccuracy,
    double learningRate,
    double seconds,
    double waited) {

  /** An epoch that did not wait. */
  public Epoch(
      int number,
      double trainLoss,
      double validationLoss,
      double trainAccuracy,
      double validationAccuracy,
      double learningRate,
      double seconds) {
    this(
        number,
        trainLoss,
        validationLoss,
        trainAccuracy,
        validationAccuracy,
        learningRate,
        seconds,
        0);
  }
}
