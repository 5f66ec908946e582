package io.transferlearning.training;

/**
 * What does not train.
 *
 * @param upTo path of the last module that stays as it is; empty where everything trains
 * @param gradual whether stages join one an epoch, the last one first (Howard and Ruder 2018,
 *     1801.06146)
 * @param batchNorm what batch normalisation does where it is not frozen
 */
public record Freezing(String upTo, boolean gradual, Recipe.BatchNorm batchNorm) {
  /** Everything trains but the running statistics. */
  static final Freezing STATISTICS = new Freezing("", false, Recipe.BatchNorm.FROZEN);

  Freezing withBatchNorm(Recipe.BatchNorm value) {
    return new Freezing(upTo, gradual, value);
  }
}
