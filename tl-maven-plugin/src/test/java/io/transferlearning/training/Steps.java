package io.transferlearning.training;

import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Steps of fine-tuning on noise, with a rate of their own each, for one module or several. */
final class Steps {
  /** As many as the training images of {@link SmallTask}. */
  static final int IMAGES = 12;

  private static final int EPOCHS = 2;

  private final TrainingTask task;
  private final Recipe recipe;
  private final Map<String, Tensor> start;

  /**
   * What steps led to.
   *
   * @param first state of the first module
   * @param memory of the optimizer
   * @param all states of all modules
   * @param losses of the batches
   * @param parts in which a batch was computed at the end
   */
  record End(
      Map<String, Tensor> first,
      List<Tensor> memory,
      List<Map<String, Tensor>> all,
      List<Totals> losses,
      int parts) {}

  Steps(TrainingTask task, Recipe recipe, Map<String, Tensor> start) {
    this.task = task;
    this.recipe = recipe;
    this.start = start;
  }

  /** Two epochs on as many devices as {@code replicas}. */
  End on(int replicas, int parts) throws IOException {
    return on(replicas, parts, TrainableModule::differentiate);
  }

  End on(int replicas, int parts, Pass.Differentiation differentiation) throws IOException {
    TrainingTask several = SmallTask.on(task, task.processor().times(replicas), task.numerics());
    try (Replicas modules = Replicas.of(several, recipe, start)) {
      Pass pass = new Pass(modules, several, recipe, parts, differentiation);
      List<Totals> losses = new ArrayList<>();
      int batches = (IMAGES + recipe.batchSize() - 1) / recipe.batchSize();
      EpochLoop.Rates rates = new EpochLoop.Rates(recipe, (long) EPOCHS * pass.steps(batches));
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        if (recipe.freezing().gradual()) {
          modules.unfreeze(epoch);
        }
        for (int number = 0; number < batches; number++) {
          losses.add(pass.take(batch(number), Mixture.NONE, epoch, number, batches, rates));
        }
      }
      List<Map<String, Tensor>> all = modules.all().map(TrainableModule::state).toList();
      return new End(modules.first().state(), modules.first().memory(), all, losses, pass.parts());
    }
  }

  /** The state of the first after one step on some images of the first batch. */
  Map<String, Tensor> first(int replicas, int from, int end) throws IOException {
    TrainingTask several = SmallTask.on(task, task.processor().times(replicas), task.numerics());
    Batch batch = batch(0);
    try (Replicas modules = Replicas.of(several, recipe, start)) {
      modules.differentiate(
          end - from,
          (module, at, images) ->
              module.differentiate(
                  TrainableModule.Inputs.of(batch, from + at, images, task.preprocessing()),
                  Arrays.copyOfRange(batch.labels(), from + at, from + at + images),
                  (double) images / (end - from),
                  Mixture.NONE));
      modules.update(recipe.bodyRate(), recipe.headRate(), 0);
      return modules.first().state();
    }
  }

  /** A batch of an epoch. */
  Batch batch(int number) {
    int from = number * recipe.batchSize();
    int images = Math.min(recipe.batchSize(), IMAGES - from);
    int side = task.preprocessing().crop();
    byte[] noise = new byte[IMAGES * side * side * 3];
    new Random(7).nextBytes(noise);
    ByteBuffer pixels = ByteBuffer.allocateDirect(images * side * side * 3);
    pixels.put(noise, from * side * side * 3, pixels.capacity()).flip();
    long[] labels = IntStream.range(from, from + images).mapToLong(i -> i * i % 3).toArray();
    return new Batch(pixels, labels, IntStream.range(from, from + images).toArray(), images);
  }

  /** The most that two states differ, as a part of the most that the first differs from a third. */
  static double difference(
      Map<String, Tensor> one, Map<String, Tensor> other, Map<String, Tensor> start) {
    double most = 0;
    double way = 0;
    for (String name : one.keySet()) {
      if (!name.endsWith("num_batches_tracked")) {
        most = Math.max(most, distance(one, other, name));
        way = Math.max(way, distance(one, start, name));
      }
    }
    return most / way;
  }

  private static double distance(Map<String, Tensor> one, Map<String, Tensor> other, String name) {
    float[] a = java.util.Objects.requireNonNull(one.get(name)).toFloats();
    float[] b = java.util.Objects.requireNonNull(other.get(name)).toFloats();
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElse(0);
  }

  static double loss(End end) {
    return end.losses().stream().mapToDouble(Totals::lossSum).sum();
  }

  @Override
  public String toString() {
    return recipe + " on " + Arrays.toString(batch(0).labels());
  }
}
