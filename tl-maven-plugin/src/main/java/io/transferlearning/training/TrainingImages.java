package io.transferlearning.training;

import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.loader.LoaderSpec;
import io.transferlearning.data.transform.TrainingTransform;

/** The images of a fine-tuning as its steps see them: shuffled, balanced and augmented. */
final class TrainingImages {
  private TrainingImages() {}

  /**
   * Batches of the task's training images.
   *
   * @param cache of decoded images; stays open
   */
  static BatchLoader of(TrainingTask task, Recipe recipe, ImageCache cache) {
    TrainingTransform transform = new TrainingTransform(task.preprocessing(), task.augmentation());
    LoaderSpec spec =
        LoaderSpec.training(
                recipe.batchSize(), task.threads(), task.seed(), task.balance().sampling())
            .withShrinkTo(transform.enough());
    return new BatchLoader(task.dataset().train(), transform, cache, spec);
  }
}
