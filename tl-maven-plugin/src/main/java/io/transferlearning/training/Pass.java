package io.transferlearning.training;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.engine.OutOfTensorMemory;
import io.transferlearning.training.EpochLoop.Rates;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Batches of one epoch as steps of the optimizer: some batches make one step, and where memory does
 * not suffice a batch is computed in two halves.
 */
final class Pass {
  private final TrainableModule module;
  private final TrainingTask task;
  private final Recipe recipe;
  private int parts;

  /**
   * @param parts in which a batch is computed at first
   */
  Pass(TrainableModule module, TrainingTask task, Recipe recipe, int parts) {
    this.module = module;
    this.task = task;
    this.recipe = recipe;
    this.parts = parts;
  }

  /** In how many parts a batch is computed. */
  int parts() {
    return parts;
  }

  /** Whether a step ends with a batch. */
  boolean stepsAfter(int number, int batches) {
    return (number + 1) % recipe.accumulation() == 0 || number + 1 == batches;
  }

  /** Steps of an epoch of {@code batches} batches. */
  int steps(int batches) {
    return (batches + recipe.accumulation() - 1) / recipe.accumulation();
  }

  /**
   * Takes a batch, and makes the step where it is the last one of it.
   *
   * @param mixture of its images with each other
   * @param number of the batch in its epoch, from 0
   * @param batches in the epoch
   */
  Totals take(Batch batch, Mixture mixture, int epoch, int number, int batches, Rates rates) {
    // Dropout belongs to the place, not to what was drawn before: a resumed training draws the
    // same. Four coordinates are neither an image's stream nor an epoch's.
    RandomStream random = RandomStream.of(task.seed(), epoch, number, 1);
    task.processor().seed((int) random.nextLong());
    Totals totals = differentiate(batch, mixture, share(number, batches));
    if (stepsAfter(number, batches)) {
      rates.advance();
      module.update(rates.body(), rates.head(), rates.newest());
    }
    return totals;
  }

  /** The part of a step that one image is. */
  private double share(int number, int batches) {
    int size = recipe.batchSize();
    int from = number / recipe.accumulation() * recipe.accumulation();
    int to = Math.min(batches, from + recipe.accumulation());
    int images = to < batches ? (to - from) * size : task.dataset().train().size() - from * size;
    return 1.0 / images;
  }

  private Totals differentiate(Batch batch, Mixture mixture, double share) {
    try {
      return inParts(batch, mixture, share);
    } catch (OutOfTensorMemory e) {
      if (parts > 1 || batch.size() < 2) {
        throw e;
      }
      parts = 2;
      task.listener().halved(recipe.batchSize());
      return inParts(batch, mixture, share);
    }
  }

  private Totals inParts(Batch batch, Mixture mixture, double share) {
    Totals totals = Totals.NONE;
    int size = (batch.size() + parts - 1) / parts;
    for (int from = 0; from < batch.size(); from += size) {
      int images = Math.min(size, batch.size() - from);
      long[] labels = Arrays.copyOfRange(batch.labels(), from, from + images);
      totals =
          totals.plus(
              module.differentiate(inputs(batch, from, images), labels, images * share, mixture));
    }
    return totals;
  }

  private TrainableModule.Inputs inputs(Batch batch, int from, int images) {
    int side = task.preprocessing().crop();
    int bytes = side * side * 3;
    ByteBuffer pixels = batch.pixels().slice(from * bytes, images * bytes);
    return scope -> scope.bytes(pixels, images, side, side, 3);
  }
}
