package io.transferlearning.training;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.engine.OutOfTensorMemory;
import io.transferlearning.problem.TrainingProblems;
import java.util.Arrays;

/**
 * Batches of one epoch as steps of the optimizer: some batches make one step, and where memory does
 * not suffice a batch is computed in two halves.
 */
final class Pass {
  private final Replicas replicas;
  private final TrainingTask task;
  private final Recipe recipe;
  private final Differentiation differentiation;
  private volatile int parts;

  /** Adds the gradients of some images to a module's, all or, where memory lacks, none. */
  interface Differentiation {
    /** As {@link TrainableModule#differentiate}. */
    void of(
        TrainableModule module,
        TrainableModule.Inputs inputs,
        long[] labels,
        double share,
        Mixture mixture);
  }

  /**
   * @param parts in which a batch is computed at first
   */
  Pass(Replicas replicas, TrainingTask task, Recipe recipe, int parts) {
    this(replicas, task, recipe, parts, TrainableModule::differentiate);
  }

  Pass(
      Replicas replicas,
      TrainingTask task,
      Recipe recipe,
      int parts,
      Differentiation differentiation) {
    this.replicas = replicas;
    this.task = task;
    this.recipe = recipe;
    this.parts = parts;
    this.differentiation = differentiation;
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
    return (batches - 1) / recipe.accumulation() + 1;
  }

  /**
   * Takes a batch, and makes the step where it is the last one of it.
   *
   * @param mixture of its images with each other
   * @param number of the batch in its epoch, from 0
   * @param batches in the epoch
   * @throws io.transferlearning.problem.Problem where memory does not suffice for half a batch
   */
  Totals take(
      Batch batch, Mixture mixture, int epoch, int number, int batches, OptimizerRates rates) {
    // Dropout belongs to the place, not to what was drawn before: a resumed training draws the
    // same. Four coordinates are neither an image's stream nor an epoch's.
    int seed = (int) RandomStream.of(task.seed(), epoch, number, 1).nextLong();
    task.processor().seed(seed);
    double share = share(number, batches);
    replicas.differentiate(
        batch.size(),
        (module, from, images) ->
            new Portion(module, batch, from, images, mixture, share).differentiate(seed));
    if (stepsAfter(number, batches)) {
      rates.advance();
      replicas.update(rates.body(), rates.head(), rates.newest());
    }
    return replicas.counted();
  }

  /** The part of a step that one image is. */
  private double share(int number, int batches) {
    int size = recipe.batchSize();
    int from = number / recipe.accumulation() * recipe.accumulation();
    int to = Math.min(batches, from + recipe.accumulation());
    int images = to < batches ? (to - from) * size : task.dataset().train().size() - from * size;
    return 1.0 / images;
  }

  /** Several replicas may run out of memory at once: it is told once. */
  private synchronized void halve() {
    if (parts == 1) {
      parts = 2;
      task.listener().halved(recipe.batchSize(), recipe.accumulation());
    }
  }

  /** What one module does of a batch. */
  private final class Portion {
    private final TrainableModule module;
    private final Batch batch;
    private final int start;
    private final int images;
    private final Mixture mixture;
    private final double share;

    Portion(
        TrainableModule module, Batch batch, int start, int images, Mixture mixture, double share) {
      this.module = module;
      this.batch = batch;
      this.start = start;
      this.images = images;
      this.mixture = mixture;
      this.share = share;
    }

    /**
     * @param seed of dropout, to begin again with
     */
    void differentiate(int seed) {
      int now = parts;
      try {
        inParts(now);
        return;
      } catch (OutOfTensorMemory e) {
        if (now > 1 || images < 2) {
          throw TrainingProblems.outOfMemory(recipe.batchSize(), recipe.accumulation(), e);
        }
      }
      halve();
      task.processor().seed(seed);
      differentiate(seed);
    }

    private void inParts(int parts) {
      int size = (images + parts - 1) / parts;
      for (int from = 0; from < images; from += size) {
        part(start + from, Math.min(size, images - from));
      }
    }

    private void part(int from, int count) {
      long[] labels = Arrays.copyOfRange(batch.labels(), from, from + count);
      TrainableModule.Inputs inputs =
          TrainableModule.Inputs.of(batch, from, count, task.preprocessing());
      differentiation.of(module, inputs, labels, count * share, mixture);
    }
  }
}
