package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.network.Network;
import io.transferlearning.network.SmallNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of a range test, on twelve images. */
class RateTestTest {
  private static final Network NETWORK = SmallNetworks.plain(0);
  private static final Recipe FIVE = Recipe.fineTuning().withBatchSize(5);

  private final Path folder;
  private final List<Integer> images = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> halved = new ArrayList<>();
  private int most = Integer.MAX_VALUE;

  RateTestTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void onlyWholeBatchesAreLookedAt() throws IOException {
    sweep(FIVE, 1);

    assertThat(images).hasSizeGreaterThan(20).containsOnly(5);
  }

  @Test
  void aStepHasAsManyBatchesAsInTraining() throws IOException {
    sweep(FIVE.withAccumulation(2), 1);

    // Steps of two batches; the third batch of an epoch would have two images.
    assertThat(images).hasSizeGreaterThan(20).containsOnly(5);
    assertThat(images.size() % 2).isZero();
  }

  @Test
  void imagesThatMakeNoWholeStepMakeOneAllTheSame() throws IOException {
    sweep(FIVE.withAccumulation(4), 1);

    assertThat(images.subList(0, 6)).containsExactly(5, 5, 2, 5, 5, 2);
  }

  @Test
  void whatMemoryDoesNotSufficeForIsHalvedAsInTraining() throws IOException {
    most = 3;

    sweep(FIVE, 1);

    assertThat(halved).containsExactly(5);
    assertThat(images.subList(1, 5)).containsExactly(3, 2, 3, 2);
  }

  @Test
  void devicesShareABatch() throws IOException {
    sweep(FIVE, 2);

    assertThat(images.subList(0, 2)).containsExactlyInAnyOrder(3, 2);
  }

  private void sweep(Recipe recipe, int devices) throws IOException {
    Listener listener =
        new Listener() {
          @Override
          public void halved(int batchSize, int accumulation) {
            halved.add(batchSize);
          }
        };
    TrainingTask one = SmallTask.heard(SmallTask.of(folder, NETWORK, 1), listener);
    TrainingTask task = SmallTask.on(one, one.processor().times(devices), one.numerics());
    try (ExhaustedMemory memory = new ExhaustedMemory(folder, task.processor())) {
      Pass.Differentiation counting =
          (module, inputs, labels, share, mixture) -> {
            images.add(labels.length);
            if (labels.length > most) {
              memory.refuse();
            }
            module.differentiate(inputs, labels, share, mixture);
          };
      new RateTest(task, recipe, counting).sweep(SmallTask.random(NETWORK, 1), step -> {});
    }
  }
}
