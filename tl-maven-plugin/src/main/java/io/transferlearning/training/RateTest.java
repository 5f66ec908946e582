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
 * The range test of a fine-tuning: the steps that it would do, on all devices and in as many
 * batches each, at a rising rate, on images as it would see them. What the steps learn is thrown
 * away.
 */
public final class RateTest {
  /** Steps of a test. */
  public static final int STEPS = RateFinder.STEPS;

  private final TrainingTask task;
  private final Recipe recipe;
  private final Pass.Differentiation differentiation;

  /** A test of the fine-tuning of {@code task} by {@code recipe}. */
  public RateTest(TrainingTask task, Recipe recipe) {
    this(task, recipe, TrainableModule::differentiate);
  }

  RateTest(TrainingTask task, Recipe recipe, Pass.Differentiation differentiation) {
    this.task = task;
    this.recipe = recipe;
    this.differentiation = differentiation;
  }

  /**
   * Runs the test; the rates are those of the body, and the head's keep their ratio to them.
   *
   * @param weights complete; they stay as they are
   * @param progress told the number of steps done
   */
  public RateSweep sweep(Map<String, Tensor> weights, IntConsumer progress) throws IOException {
    try (Replicas replicas = Replicas.of(task, recipe, weights);
        BatchLoader images = TrainingImages.of(task, recipe, ImageCache.none())) {
      Pass pass = new Pass(replicas, task, recipe, 1, differentiation);
      return RateFinder.sweep(new Steps(pass, images)::at, progress);
    }
  }

  /** A step at a rate of its own. */
  private record Fixed(double body, double head) implements OptimizerRates {
    @Override
    public void advance() {}

    @Override
    public double newest() {
      return 0;
    }
  }

  /** Steps over epochs that the training itself never comes to. */
  private final class Steps {
    private final Pass pass;
    private final BatchLoader images;
    private final int used;
    private final double headToBody = recipe.headRate() / recipe.bodyRate();
    private int epoch = recipe.epochs() + 1;
    private int number;
    private Iterator<Batch> batches;

    Steps(Pass pass, BatchLoader images) {
      this.pass = pass;
      this.images = images;
      this.used = used();
      this.batches = images.epoch(epoch);
    }

    /**
     * Batches of an epoch that make whole steps: the loss of the few images that are left would be
     * noise. All where they do not make one.
     */
    private int used() {
      long step = (long) recipe.batchSize() * recipe.accumulation();
      long whole = task.dataset().train().size() / step * recipe.accumulation();
      return whole == 0 ? images.batches() : Math.toIntExact(whole);
    }

    double at(double rate) {
      if (number == used) {
        batches = images.epoch(++epoch);
        number = 0;
      }
      Fixed rates = new Fixed(rate, rate * headToBody);
      Totals totals = Totals.NONE;
      boolean stepped = false;
      while (!stepped) {
        Batch batch = batches.next();
        totals =
            totals.plus(pass.take(batch, Mixture.NONE, epoch, number, images.batches(), rates));
        stepped = pass.stepsAfter(number++, images.batches());
      }
      return totals.loss();
    }
  }
}
