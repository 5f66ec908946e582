package io.transferlearning.training;

/**
 * How a training is done. Rates, decay and smoothing are dimensionless.
 *
 * @param epochs most passes over the training images, at least 1
 * @param batchSize images in a step, at least 1
 * @param bodyRate highest learning rate of everything but the head
 * @param headRate highest learning rate of the head
 * @param weightDecay AdamW's decoupled decay; never of biases and normalisations
 * @param labelSmoothing share of the target spread over all classes, 0..1
 * @param patience epochs without a better one after which training stops; 0 never stops early
 * @param schedule how the rates go over the steps
 * @param batchNorm what batch normalisation does while everything trains
 */
public record Recipe(
    int epochs,
    int batchSize,
    double bodyRate,
    double headRate,
    double weightDecay,
    double labelSmoothing,
    int patience,
    Schedule schedule,
    BatchNorm batchNorm) {

  /** What batch normalisation does while everything trains. */
  public enum BatchNorm {
    /**
     * Normalises by the running statistics, which stay as they are: for sets too small to learn
     * them.
     */
    FROZEN,
    /** Normalises by the batch and updates the running statistics, as torch's training mode. */
    BATCH
  }

  /** Training only a new head on the features of a frozen trunk. */
  public static Recipe featureExtraction() {
    return new Recipe(100, 64, 0, 1e-3, 1e-4, 0, 10, Schedule.CONSTANT, BatchNorm.FROZEN);
  }

  /** Training everything, from weights that are already good. */
  public static Recipe fineTuning() {
    return new Recipe(
        10, 32, 1e-4, 1e-3, 1e-2, 0.1, 3, Schedule.WARM_UP_AND_COSINE, BatchNorm.FROZEN);
  }

  /** Training everything from random weights: one rate, normalisation by the batch. */
  public static Recipe fromScratch() {
    return new Recipe(
        10, 32, 1e-3, 1e-3, 1e-2, 0.1, 0, Schedule.WARM_UP_AND_COSINE, BatchNorm.BATCH);
  }

  /** The same with other epochs. */
  public Recipe withEpochs(int value) {
    return new Recipe(
        value,
        batchSize,
        bodyRate,
        headRate,
        weightDecay,
        labelSmoothing,
        patience,
        schedule,
        batchNorm);
  }

  /** The same with another batch size. */
  public Recipe withBatchSize(int value) {
    return new Recipe(
        epochs,
        value,
        bodyRate,
        headRate,
        weightDecay,
        labelSmoothing,
        patience,
        schedule,
        batchNorm);
  }

  /** The same with other rates for body and head. */
  public Recipe withRates(double body, double head) {
    return new Recipe(
        epochs, batchSize, body, head, weightDecay, labelSmoothing, patience, schedule, batchNorm);
  }

  /** The same with other patience. */
  public Recipe withPatience(int value) {
    return new Recipe(
        epochs,
        batchSize,
        bodyRate,
        headRate,
        weightDecay,
        labelSmoothing,
        value,
        schedule,
        batchNorm);
  }

  /** The same with another treatment of batch normalisation. */
  public Recipe withBatchNorm(BatchNorm value) {
    return new Recipe(
        epochs,
        batchSize,
        bodyRate,
        headRate,
        weightDecay,
        labelSmoothing,
        patience,
        schedule,
        value);
  }
}
