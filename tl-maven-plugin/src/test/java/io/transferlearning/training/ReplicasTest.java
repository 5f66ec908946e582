package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.engine.TorchThreads;
import io.transferlearning.evaluation.Epoch;
import io.transferlearning.network.Network;
import io.transferlearning.network.Parameter;
import io.transferlearning.network.SmallNetworks;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several modules train as one does; on the CPU, which stands for several GPUs. */
class ReplicasTest {
  private static final Network NETWORK = SmallNetworks.normalised();

  /** Momentum, decay, layer decay, clipping that clips, and a moving average. */
  private static final Recipe SGD =
      Recipe.fineTuning()
          .withOptimizer(new Optimizer(Optimizer.Kind.SGD, 1e-2, 1e-1, 0.8, 1e-3, 0.9, true, 0.5))
          .withRegularisation(new Regularisation(0.1, 0.9, 0.25));

  private final Path folder;

  ReplicasTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void oneThread() throws IOException {
    SmallTask.of(folder, NETWORK, 1);
    TorchThreads.set(1);
  }

  @AfterEach
  void twoThreads() {
    TorchThreads.set(2);
  }

  /** The last batch is smaller: 12 images are 8 and 4, 7 and 5, or 11 and 1. */
  @ParameterizedTest
  @CsvSource({"8, 2", "7, 2", "7, 3", "11, 2", "11, 3"})
  void theyAreOneModuleWithTheWholeBatch(int batchSize, int replicas) throws IOException {
    Steps steps = steps(NETWORK, SGD.withBatchSize(batchSize), Numerics.SINGLE);

    requireEqual(steps.on(replicas, 1), steps.on(1, 1), SmallTask.random(NETWORK, 1));
  }

  @Test
  void withoutNormalisationToo() throws IOException {
    Network plain = SmallNetworks.plain(0);
    Steps steps = steps(plain, SGD.withBatchSize(7), Numerics.SINGLE);

    requireEqual(steps.on(2, 1), steps.on(1, 1), SmallTask.random(plain, 1));
  }

  @Test
  void batchesThatAreAccumulatedToo() throws IOException {
    // 12 images in batches of 5 are 5, 5 and 2: steps of two batches and of one.
    Recipe recipe = SGD.withBatchSize(5).withAccumulation(2);
    Steps steps = steps(NETWORK, recipe, Numerics.SINGLE);

    requireEqual(steps.on(2, 1), steps.on(1, 1), SmallTask.random(NETWORK, 1));
  }

  /** Rounding apart: 1e-6 of the longest way that a parameter has gone. */
  private static void requireEqual(Steps.End several, Steps.End one, Map<String, Tensor> start) {
    assertThat(Steps.difference(one.first(), several.first(), start)).isLessThan(1e-6);
    assertThat(Steps.loss(several)).isCloseTo(Steps.loss(one), within(1e-5 * Steps.loss(one)));
    assertThat(several.all()).allMatch(each -> each.equals(several.first()));
  }

  /** What is divided alike gives the same bytes, whatever the recipe. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theyAreOneModuleThatComputesInParts(int count) throws IOException {
    Recipe adamW = Recipe.fineTuning().withBatchSize(7);
    List<Recipe> recipes =
        List.of(
            adamW,
            SGD.withBatchSize(7),
            adamW.withFreezing(new Freezing("layer1.0", false, Recipe.BatchNorm.FROZEN)),
            adamW.withFreezing(new Freezing("", true, Recipe.BatchNorm.FROZEN)));
    for (Recipe recipe : recipes) {
      requireSameBytes(steps(NETWORK, recipe, Numerics.SINGLE), count);
    }
    requireSameBytes(steps(NETWORK, adamW, Numerics.MIXED), count);
  }

  private static void requireSameBytes(Steps steps, int count) throws IOException {
    Steps.End several = steps.on(count, 1);
    Steps.End parts = steps.on(1, count);

    assertThat(several.first()).as(steps.toString()).isEqualTo(parts.first());
    assertThat(several.memory()).isEqualTo(parts.memory());
    assertThat(several.losses()).isEqualTo(parts.losses());
    assertThat(several.all()).hasSize(count).allMatch(each -> each.equals(several.first()));
  }

  @Test
  void normalisationByTheBatchIsByEachPartAndItsStatisticsAreTheFirsts() throws IOException {
    Recipe recipe =
        Recipe.fineTuning()
            .withBatchSize(8)
            .withBatchNorm(Recipe.BatchNorm.BATCH)
            .withOptimizer(new Optimizer(Optimizer.Kind.SGD, 0.1, 0.1, 1, 0, 0, false, 0));
    Steps steps = steps(NETWORK, recipe, Numerics.SINGLE);
    Map<String, Tensor> start = SmallTask.random(NETWORK, 1);

    Map<String, Tensor> one = steps.first(1, 0, 4);
    Map<String, Tensor> other = steps.first(1, 4, 8);
    Map<String, Tensor> both = steps.first(2, 0, 8);

    for (Parameter parameter : NETWORK.parameters().values()) {
      String name = parameter.name();
      if (parameter.role().trained()) {
        // The mean of the gradients is the mean of the ways that the halves go alone.
        float[] mean = mean(values(one, name), values(other, name));
        // AssertJ's own comparison of large arrays takes minutes where they differ.
        assertThat(furthest(values(both, name), mean)).as(name).isLessThan(1e-6f);
      } else {
        assertThat(both.get(name)).as(name).isEqualTo(one.get(name));
      }
    }
    assertThat(SmallTask.changed(start, both)).contains("bn1.running_mean", "bn1.running_var");
    assertThat(SmallTask.changed(one, other)).contains("bn1.running_mean");
  }

  private static float[] values(Map<String, Tensor> state, String name) {
    return Objects.requireNonNull(state.get(name)).toFloats();
  }

  private static float furthest(float[] one, float[] other) {
    float furthest = 0;
    for (int i = 0; i < one.length; i++) {
      furthest = Math.max(furthest, Math.abs(one[i] - other[i]));
    }
    return furthest;
  }

  private static float[] mean(float[] one, float[] other) {
    float[] mean = new float[one.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) ((one[i] + (double) other[i]) / 2);
    }
    return mean;
  }

  @Test
  void theyWorkAtTheSameTime() throws IOException {
    CyclicBarrier together = new CyclicBarrier(3);
    try (Replicas replicas = replicas(3)) {
      Totals totals =
          replicas.divide(
              8,
              (module, from, images) -> {
                try {
                  together.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                  throw new IllegalStateException("not all work", e);
                }
                return new Totals(from, 0, images);
              });

      assertThat(totals).isEqualTo(new Totals(0 + 3 + 6, 0, 8));
    }
  }

  @Test
  void whereOneFailsTheOthersAreWaitedFor() throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    try (Replicas replicas = replicas(2)) {
      assertThatThrownBy(
              () ->
                  replicas.divide(
                      2,
                      (module, from, images) -> {
                        if (from == 0) {
                          throw new IllegalStateException("the first");
                        }
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                        done.set(true);
                        return Totals.NONE;
                      }))
          .hasMessage("the first");
      assertThat(done).isTrue();
      assertThatThrownBy(
              () ->
                  replicas.divide(
                      2,
                      (module, from, images) -> {
                        if (from > 0) {
                          throw new IllegalStateException("the second");
                        }
                        return Totals.NONE;
                      }))
          .hasMessage("the second");
    }
  }

  /** Everything that images go through, cut off and gone on. */
  @Test
  void fineTuningOnSeveralGoesOnFromACheckpoint() throws IOException {
    Recipe recipe = SGD.withBatchSize(5).withEpochs(2).withPatience(0);
    Trained one = train(recipe, 1, null, Integer.MAX_VALUE);
    Trained several = train(recipe, 2, null, Integer.MAX_VALUE);
    CheckpointFolder everyStep =
        CheckpointFolder.of(
            folder.resolve("checkpoint"), "inputs", "machine", Safetensors::write, Duration.ZERO);

    assertThatThrownBy(() -> train(recipe, 2, everyStep, 5)).hasMessage("cut off");
    Trained resumed = train(recipe, 2, everyStep, Integer.MAX_VALUE);

    assertThat(resumed.tensors()).isEqualTo(several.tensors());
    assertThat(Steps.difference(one.tensors(), several.tensors(), SmallTask.random(NETWORK, 1)))
        .isLessThan(1e-5);
    for (int epoch = 0; epoch < 2; epoch++) {
      Epoch whole = one.history().epochs().get(epoch);
      Epoch divided = several.history().epochs().get(epoch);
      assertThat(divided.validationLoss()).isCloseTo(whole.validationLoss(), within(1e-4));
      assertThat(divided.trainLoss()).isCloseTo(whole.trainLoss(), within(1e-4));
    }
  }

  private Trained train(Recipe recipe, int replicas, @Nullable CheckpointFolder there, int steps)
      throws IOException {
    TrainingTask task = SmallTask.of(folder, NETWORK, 1);
    TrainingTask several = SmallTask.on(task, task.processor().times(replicas), Numerics.SINGLE);
    return new FineTuning(SmallTask.heard(several, new CutOff(steps)), recipe, there)
        .train(SmallTask.random(NETWORK, 1));
  }

  private Replicas replicas(int count) throws IOException {
    TrainingTask task = SmallTask.of(folder, NETWORK, 1);
    return Replicas.of(
        SmallTask.on(task, task.processor().times(count), Numerics.SINGLE),
        SGD,
        SmallTask.random(NETWORK, 1));
  }

  private Steps steps(Network network, Recipe recipe, Numerics numerics) throws IOException {
    TrainingTask task = SmallTask.of(folder, network, 1);
    return new Steps(
        SmallTask.on(task, task.processor(), numerics), recipe, SmallTask.random(network, 1));
  }

  /** Cuts a training off at one of its steps. */
  private static final class CutOff implements Listener {
    private int stepsLeft;

    CutOff(int steps) {
      stepsLeft = steps;
    }

    @Override
    public void step(long done, long all) {
      if (--stepsLeft == 0) {
        throw new IllegalStateException("cut off");
      }
    }
  }
}
