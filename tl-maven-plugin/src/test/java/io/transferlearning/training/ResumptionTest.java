package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is cut off goes on to the bytes of one that is not. */
class ResumptionTest {
  /** Twelve images in steps of 4: three an epoch. */
  private static final Recipe RECIPE =
      Recipe.fineTuning().withEpochs(3).withBatchSize(4).withPatience(0);

  private final Path folder;
  private final List<String> heard = new ArrayList<>();
  private int stepsLeft = Integer.MAX_VALUE;

  ResumptionTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private final Listener listener =
      new Listener() {
        @Override
        public void step(long done, long all) {
          if (--stepsLeft == 0) {
            throw new IllegalStateException("cut off");
          }
        }

        @Override
        public void resumed(int epoch, long images, Optional<Epoch> best) {
          heard.add(
              (images > 0 ? "within " : "with ")
                  + epoch
                  + best.map(one -> ", best " + one.number()).orElse(""));
        }

        @Override
        public void noCheckpoint(String why) {
          heard.add(why);
        }
      };

  @Test
  void cutOffAtStepsItEndsWithTheSameBytes() throws IOException {
    Trained whole = train(RECIPE, null);
    CheckpointFolder everyStep = checkpoints(Duration.ZERO);

    for (int steps : new int[] {2, 1, 4}) {
      cutAfter(steps, RECIPE, everyStep);
    }
    stepsLeft = Integer.MAX_VALUE;
    Trained resumed = train(RECIPE, everyStep);

    // A step that is cut off before its checkpoint is made again.
    assertThat(heard).containsExactly("within 1", "within 1", "within 2, best 1");
    requireSame(resumed, whole);
  }

  @Test
  void withAveragesAndMomentumToo() throws IOException {
    Recipe recipe =
        RECIPE
            .withRegularisation(new Regularisation(0.1, 0.9, 0.25))
            .withOptimizer(new Optimizer(Optimizer.Kind.SGD, 1e-3, 1e-3, 0.9, 1e-4, 0.9, true, 1));
    Trained whole = train(recipe, null);
    CheckpointFolder everyEpoch = checkpoints(Duration.ofHours(1));

    cutAfter(8, recipe, everyEpoch);
    stepsLeft = Integer.MAX_VALUE;
    Trained resumed = train(recipe, everyEpoch);

    assertThat(heard).singleElement().asString().matches("with 3, best [12]");
    requireSame(resumed, whole);
  }

  @Test
  void aTrainingWhoseLastEpochWasSavedOnlyGivesItsResult() throws IOException {
    CheckpointFolder everyEpoch = checkpoints(Duration.ofHours(1));
    Trained whole = train(RECIPE, everyEpoch);

    stepsLeft = 1;

    requireSame(train(RECIPE, everyEpoch), whole);
  }

  @Test
  void aDiskThatIsFullCostsOnlyTheCheckpoints() throws IOException {
    CheckpointFolder full =
        CheckpointFolder.of(
            folder.resolve("checkpoint"),
            "inputs",
            "machine",
            (file, state) -> {
              throw new IOException("No space left on device");
            },
            Duration.ofHours(1));

    requireSame(train(RECIPE, full), train(RECIPE, null));

    assertThat(heard).hasSize(3).containsOnly("No space left on device");
  }

  private void cutAfter(int steps, Recipe recipe, CheckpointFolder checkpoints) {
    stepsLeft = steps;
    assertThatThrownBy(() -> train(recipe, checkpoints)).hasMessage("cut off");
  }

  private CheckpointFolder checkpoints(Duration between) {
    return CheckpointFolder.of(
        folder.resolve("checkpoint"), "inputs", "machine", Safetensors::write, between);
  }

  private Trained train(Recipe recipe, @Nullable CheckpointFolder there) throws IOException {
    TrainingTask task = SmallTask.heard(SmallTask.of(folder, SmallTask.SQUEEZENET, 1), listener);
    Map<String, Tensor> start = SmallTask.pretrained(SmallTask.SQUEEZENET, 1);
    return new FineTuning(task, recipe, there).train(start);
  }

  /** All but the seconds. */
  private static void requireSame(Trained one, Trained other) {
    assertThat(one.tensors()).isEqualTo(other.tensors());
    assertThat(one.history().bestEpoch()).isEqualTo(other.history().bestEpoch());
    assertThat(one.history().epochs())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds", "waited")
        .isEqualTo(other.history().epochs());
  }
}
