package io.transferlearning.training;

import io.transferlearning.training.features.FeatureCache;
import io.transferlearning.training.features.FeatureGroup;
import io.transferlearning.weights.Tensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where features are kept between trainings.
 *
 * @param folder of the features of all networks
 * @param bytes that it may take; 0 for no cache
 */
public record FeatureCacheSpec(Path folder, long bytes) {
  /** Nothing is kept. */
  public static final FeatureCacheSpec NONE = new FeatureCacheSpec(Path.of(""), 0);

  /** The features of a task's trunk. */
  FeatureCache open(TrainingTask task, Map<String, Tensor> weights) {
    String group =
        FeatureGroup.name(
            task.network(), weights, task.preprocessing(), task.numerics(), task.processor());
    return FeatureCache.open(folder, group, bytes);
  }
}
