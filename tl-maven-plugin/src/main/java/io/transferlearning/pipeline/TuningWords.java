package io.transferlearning.pipeline;

import java.util.List;

/** The legal words of {@link Tuning}. */
public final class TuningWords {
  /** Presets. */
  public static final List<String> PRESETS = List.of("quick", "balanced", "best");

  /** Optimizers. */
  public static final List<String> OPTIMIZERS = List.of("adamw", "sgd");

  /** Schedules. */
  public static final List<String> SCHEDULES = List.of("cosine", "step", "one-cycle", "constant");

  /** Policies of batch normalisation. */
  public static final List<String> BATCH_NORMS = List.of("auto", "train", "frozen");

  private TuningWords() {}
}
