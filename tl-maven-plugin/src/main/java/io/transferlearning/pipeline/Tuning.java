package io.transferlearning.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What the user said about fine-tuning beyond its rate and its epochs; null where the preset's
 * value holds.
 *
 * @param preset {@code quick}, {@code balanced} or {@code best}
 * @param optimizer {@code adamw} or {@code sgd}
 * @param momentum of SGD, 0 to below 1
 * @param nesterov whether SGD looks ahead
 * @param weightDecay 0 or more
 * @param headLearningRate highest rate of the head, above 0
 * @param layerDecay factor of the rate from a stage to the one before it, above 0 to 1
 * @param clipNorm largest norm of all gradients together; 0 for no limit
 * @param accumulation batches of a step, at least 1
 * @param ema decay of the moving average of the weights, 0 to below 1
 * @param startShare share of the weights that it starts from in those that are kept, 0 to below 1
 * @param labelSmoothing 0 to below 1
 * @param schedule {@code cosine}, {@code step}, {@code one-cycle} or {@code constant}
 * @param freezeUpTo path of the last module that stays as it is
 * @param gradualUnfreezing whether stages join one an epoch
 * @param batchNorm {@code auto}, {@code train} or {@code frozen}
 * @param maxMinutes after which no further epoch starts; above 0
 * @param findLearningRate whether a range test chooses the rate
 */
public record Tuning(
    @Nullable String preset,
    @Nullable String optimizer,
    @Nullable Double momentum,
    @Nullable Boolean nesterov,
    @Nullable Double weightDecay,
    @Nullable Double headLearningRate,
    @Nullable Double layerDecay,
    @Nullable Double clipNorm,
    @Nullable Integer accumulation,
    @Nullable Double ema,
    @Nullable Double startShare,
    @Nullable Double labelSmoothing,
    @Nullable String schedule,
    @Nullable String freezeUpTo,
    @Nullable Boolean gradualUnfreezing,
    @Nullable String batchNorm,
    @Nullable Double maxMinutes,
    @Nullable Boolean findLearningRate) {

  /** Nothing said. */
  public static final Tuning SILENT =
      new Tuning(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null);
}
