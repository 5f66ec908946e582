package io.transferlearning.training;

import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.evaluation.RateSweep;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The range test of a fine-tuning: the steps that it would do, at a rising rate, on images as it
 * would see them. What the steps learn is thrown away.
 */
public final class RateTest {
  /** Steps of a test. */
  public static final int STEPS = RateFinder.STEPS;

  private final TrainingTask task;
  private final Recipe recipe;

  /** A test of the fine-tuning of {@code task} by {@code recipe}. */
  public RateTest(TrainingTask task, Recipe recipe) {
    this.task = task;
    this.recipe = recipe;
  }

  /**
   * Runs the test; the rates are those of the body, and the head's keep their ratio to them.
   *
   * @param weights complete; they stay as they are
   * @param progress told the number of steps done
   */
  public RateSweep sweep(Map<String, Tensor> weights, IntConsumer progress) throws IOException {
    try (TrainableModule module =
            TrainableModule.of(task, recipe, TrainingCode.Scope.EVERYTHING, weights);
        BatchLoader images = TrainingImages.of(task, recipe, ImageCache.none())) {
      Steps steps = new Steps(module, images);
      return RateFinder.sweep(steps::at, progress);
    }
  }

  /** Steps over epochs that the training itself never comes to. */
  private final class Steps {
    private final TrainableModule module;
    private final BatchLoader images;
    private final double headToBody = recipe.headRate() / recipe.bodyRate();
    private int epoch = recipe.epochs() + 1;
    private Iterator<Batch> batches;

    Steps(TrainableModule module, BatchLoader images) {
      this.module = module;
      this.images = images;
      this.batches = images.epoch(epoch);
    }

    double at(double rate) {
      if (!batches.hasNext()) {
        batches = images.epoch(++epoch);
      }
      Batch batch = batches.next();
      return module
          .step(
              TrainableModule.Inputs.of(batch, 0, batch.size(), task.preprocessing()),
              batch.labels(),
              rate,
              rate * headToBody,
              Mixture.NONE)
          .loss();
    }
  }
}
