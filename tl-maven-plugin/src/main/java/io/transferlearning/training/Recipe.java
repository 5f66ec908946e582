package io.transferlearning.training;

/**
 * How a training is done.
 *
 * @param batchSize images in a call, at least 1
 * @param accumulation calls whose gradients make one step, at least 1
 * @param optimizer what a step does
 * @param schedule how the rates go over the steps
 * @param regularisation against learning by heart
 * @param freezing what does not train
 * @param stopping when it ends
 */
public record Recipe(
    int batchSize,
    int accumulation,
    Optimizer optimizer,
    Schedule schedule,
    Regularisation regularisation,
    Freezing freezing,
    Stopping stopping) {

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
    return new Recipe(
        64,
        1,
        Optimizer.adamW(0, 1e-3, 1e-4),
        Schedule.CONSTANT,
        Regularisation.NONE,
        Freezing.STATISTICS,
        new Stopping(100, 10, 0));
  }

  /** Training everything, from weights that are already good. */
  public static Recipe fineTuning() {
    return new Recipe(
        32,
        1,
        Optimizer.adamW(5e-5, 5e-4, 1e-2),
        Schedule.WARM_UP_AND_COSINE,
        new Regularisation(0.1, 0, 0),
        Freezing.STATISTICS,
        new Stopping(10, 3, 0));
  }

  /** Training everything from random weights: one rate, normalisation by the batch. */
  public static Recipe fromScratch() {
    return new Recipe(
        32,
        1,
        Optimizer.adamW(1e-3, 1e-3, 1e-2),
        Schedule.WARM_UP_AND_COSINE,
        new Regularisation(0.1, 0, 0),
        Freezing.STATISTICS.withBatchNorm(BatchNorm.BATCH),
        new Stopping(10, 0, 0));
  }

  /** Most epochs. */
  public int epochs() {
    return stopping.epochs();
  }

  /** Epochs without a better one after which training stops; 0 never stops early. */
  public int patience() {
    return stopping.patience();
  }

  /** Highest rate of everything but the head. */
  public double bodyRate() {
    return optimizer.bodyRate();
  }

  /** Highest rate of the head. */
  public double headRate() {
    return optimizer.headRate();
  }

  /** Share of the target spread over all classes. */
  public double labelSmoothing() {
    return regularisation.labelSmoothing();
  }

  /** What batch normalisation does. */
  public BatchNorm batchNorm() {
    return freezing.batchNorm();
  }

  /** The same with other epochs. */
  public Recipe withEpochs(int value) {
    return withStopping(new Stopping(value, stopping.patience(), stopping.minutes()));
  }

  /** The same with other patience. */
  public Recipe withPatience(int value) {
    return withStopping(new Stopping(stopping.epochs(), value, stopping.minutes()));
  }

  /** The same with other rates for body and head. */
  public Recipe withRates(double body, double head) {
    return withOptimizer(optimizer.withRates(body, head));
  }

  /** The same with another treatment of batch normalisation. */
  public Recipe withBatchNorm(BatchNorm value) {
    return withFreezing(freezing.withBatchNorm(value));
  }

  /** The same with another batch size. */
  public Recipe withBatchSize(int value) {
    return new Recipe(value, accumulation, optimizer, schedule, regularisation, freezing, stopping);
  }

  /** The same with another number of calls to a step. */
  public Recipe withAccumulation(int value) {
    return new Recipe(batchSize, value, optimizer, schedule, regularisation, freezing, stopping);
  }

  /** The same with another optimizer. */
  public Recipe withOptimizer(Optimizer value) {
    return new Recipe(batchSize, accumulation, value, schedule, regularisation, freezing, stopping);
  }

  /** The same with another schedule. */
  public Recipe withSchedule(Schedule value) {
    return new Recipe(
        batchSize, accumulation, optimizer, value, regularisation, freezing, stopping);
  }

  /** The same with other regularisation. */
  public Recipe withRegularisation(Regularisation value) {
    return new Recipe(batchSize, accumulation, optimizer, schedule, value, freezing, stopping);
  }

  /** The same with other freezing. */
  public Recipe withFreezing(Freezing value) {
    return new Recipe(
        batchSize, accumulation, optimizer, schedule, regularisation, value, stopping);
  }

  /** The same with another end. */
  public Recipe withStopping(Stopping value) {
    return new Recipe(
        batchSize, accumulation, optimizer, schedule, regularisation, freezing, value);
  }
}
