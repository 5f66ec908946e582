package io.transferlearning.maven;

import org.jspecify.annotations.Nullable;

/** How to train; what is not said follows from the mode. */
public class TrainingParameters {
  @Nullable String epochs;
  @Nullable String batchSize;
  @Nullable String learningRate;
  @Nullable String patience;
  @Nullable String headSolver;
  @Nullable String classWeights;
  @Nullable String sampling;
}
