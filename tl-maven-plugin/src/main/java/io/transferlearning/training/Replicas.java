package io.transferlearning.training;

import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A module on each device of the processor, all with the same weights, that train as one: a batch
 * is divided among them, their gradients are summed in the order of the devices, the first makes
 * the step, and the others take its weights ("synchronous data parallelism", as
 * torch.nn.DataParallel). Only the first has an optimizer.
 *
 * <p>What a step does is what one module does with the whole batch, rounding apart, where an image
 * does not depend on its neighbours. It does depend on those of its own part in three cases, as in
 * a batch that is computed in parts: normalisation by the batch (each replica uses its own
 * statistics, and the running ones are the first's, as DataParallel has it), images that are mixed,
 * and classes that are weighed. Dropout draws the same numbers on each GPU.
 */
final class Replicas implements AutoCloseable {
  private final List<TrainableModule> modules;

  /** The modules that have gradients which no step has used. */
  private final boolean[] waiting;

  private final ExecutorService threads;

  /** How a module adds the gradients of some images of a batch. */
  interface Addition {
    /**
     * Adds them.
     *
     * @param from the first image
     * @param images how many
     */
    void with(TrainableModule module, int from, int images);
  }

  /** What a module does with some images of a batch. */
  interface Work {
    /**
     * Does it.
     *
     * @param from the first image
     * @param images how many
     */
    Totals with(TrainableModule module, int from, int images);
  }

  private Replicas(List<TrainableModule> modules) {
    this.modules = modules;
    this.waiting = new boolean[modules.size()];
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "replica");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * What a task trains by a recipe, from pixels, loaded onto all devices of its processor.
   *
   * @param tensors the starting weights, complete
   */
  static Replicas of(TrainingTask task, Recipe recipe, Map<String, Tensor> tensors)
      throws IOException {
    return new Replicas(
        TrainableModule.everywhere(task, recipe, TrainingCode.Scope.EVERYTHING, tensors));
  }

  /** The one that makes the steps, and whose state is that of the training. */
  TrainableModule first() {
    return modules.get(0);
  }

  /** All, the first one first. */
  Stream<TrainableModule> all() {
    return modules.stream();
  }

  /** Trains what gradual unfreezing has come to in an epoch, which counts from 1, and no more. */
  void unfreeze(int epoch) {
    modules.forEach(module -> module.unfreeze(epoch));
  }

  /**
   * Adds the gradients of a batch to those of the next step. Where this fails, the gradients are
   * those before, and what was added for the parts that did not fail.
   *
   * @param work adds those of some images
   */
  void differentiate(int images, Addition work) {
    int size = size(images);
    for (int i = 0; i * size < images; i++) {
      waiting[i] = true;
    }
    divide(
        images,
        (module, from, part) -> {
          work.with(module, from, part);
          return Totals.NONE;
        });
  }

  /** What has been differentiated since this was last asked. */
  Totals counted() {
    return modules.stream().map(TrainableModule::counted).reduce(Totals.NONE, Totals::plus);
  }

  /**
   * Divides images among the modules, evenly and in order; each works in a thread of its own, the
   * first in the caller's. Returns, or fails, when none works any more.
   */
  Totals divide(int images, Work work) {
    int size = size(images);
    List<Future<Totals>> others = new ArrayList<>();
    for (int i = 1; i * size < images; i++) {
      TrainableModule module = modules.get(i);
      int from = i * size;
      int part = Math.min(size, images - from);
      others.add(threads.submit(() -> work.with(module, from, part)));
    }
    try {
      Totals totals = work.with(first(), 0, Math.min(size, images));
      for (Future<Totals> other : others) {
        totals = totals.plus(result(other));
      }
      return totals;
    } finally {
      others.forEach(Replicas::await);
    }
  }

  /** Images of each module but the last, which may have fewer, or none. */
  private int size(int images) {
    return (images + modules.size() - 1) / modules.size();
  }

  private static Totals result(Future<Totals> work) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a replica failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Waits for the end, good or bad. */
  private static void await(Future<Totals> work) {
    try {
      work.get();
    } catch (ExecutionException | CancellationException e) {
      // Told by whoever asks for the result.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes the step, with {@link TrainableModule#update}'s numbers. */
  void update(double bodyRate, double headRate, double newest) {
    for (int i = 1; i < modules.size(); i++) {
      if (waiting[i]) {
        first().gather(modules.get(i));
      }
      waiting[i] = false;
    }
    first().update(bodyRate, headRate, newest);
    share();
  }

  /** Puts what is measured and kept in the place of the parameters, or them back. */
  void swap() {
    first().swap();
    share();
  }

  private void share() {
    modules.stream().skip(1).forEach(module -> module.copy(first()));
  }

  @Override
  public void close() {
    threads.shutdown();
    modules.forEach(TrainableModule::close);
  }
}
