package io.transferlearning.maven;

import org.jspecify.annotations.Nullable;

/** How to train; what is not said follows from the mode. */
public class TrainingParameters {
  @Nullable String epochs;
  @Nullable String batchSize;
  @Nullable String learningRate;
  @Nullable String patience;
  @Nullable String headSolver;
  @Nullable String flippedViews;
  @Nullable String classWeights;
  @Nullable String sampling;
  @Nullable String preset;
  @Nullable String optimizer;
  @Nullable String momentum;
  @Nullable String nesterov;
  @Nullable String weightDecay;
  @Nullable String headLearningRate;
  @Nullable String layerDecay;
  @Nullable String clipNorm;
  @Nullable String accumulation;
  @Nullable String ema;
  @Nullable String startShare;
  @Nullable String labelSmoothing;
  @Nullable String schedule;
  @Nullable String freezeUpTo;
  @Nullable String findLearningRate;
  @Nullable String gradualUnfreezing;
  @Nullable String batchNorm;
  @Nullable String maxMinutes;
}
