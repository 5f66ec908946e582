package io.transferlearning.training;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.engine.OutOfTensorMemory;
import io.transferlearning.engine.TorchThreads;
import io.transferlearning.network.Network;
import io.transferlearning.network.SmallNetworks;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches for which libtorch has no memory. */
class PassTest {
  private static final Network NETWORK = SmallNetworks.normalised();
  private static final Network DROPPING = SmallNetworks.plain(0.5);
  private static final Recipe SIX = Recipe.fineTuning().withBatchSize(6);

  private final Path folder;
  private final ExhaustedMemory memory;
  private final List<String> heard = new ArrayList<>();

  PassTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    memory = new ExhaustedMemory(folder, SmallTask.of(folder, NETWORK, 1).processor());
  }

  @BeforeEach
  void oneThread() {
    TorchThreads.set(1);
  }

  @AfterEach
  void close() {
    TorchThreads.set(2);
    memory.close();
  }

  private final Listener listener =
      new Listener() {
        @Override
        public void halved(int batchSize, int accumulation) {
          heard.add(batchSize + " x " + accumulation);
        }
      };

  @Test
  void libtorchsRefusalIsKnown() {
    assertThatThrownBy(memory::refuse).isInstanceOf(OutOfTensorMemory.class);
  }

  @Test
  void aBatchInHalvesMakesTheStepsOfAccumulation() throws IOException {
    Steps.End halved = steps(NETWORK, SIX).on(1, 1, atMost(3));

    assertThat(heard).containsExactly("6 x 1");
    assertThat(halved.parts()).isEqualTo(2);
    Recipe accumulated = SIX.withBatchSize(3).withAccumulation(2);
    Steps.End other = steps(NETWORK, accumulated).on(1, 1);
    assertThat(halved.first()).isEqualTo(other.first());
    assertThat(halved.memory()).isEqualTo(other.memory());
  }

  @Test
  void whatTheFailedAttemptDrewDoesNotCount() throws IOException {
    Steps steps = steps(DROPPING, SIX);

    Steps.End halved = steps.on(1, 1, atMost(3));

    assertThat(halved.first()).isEqualTo(steps.on(1, 2).first());
  }

  @Test
  void gradientsOfEarlierBatchesOfAStepAreKept() throws IOException {
    // Of 12 images in batches of 5, the second batch of the step fails.
    Steps steps = steps(NETWORK, SIX.withBatchSize(5).withAccumulation(2));
    int[] calls = {0};

    Steps.End halved =
        steps.on(
            1,
            1,
            (module, inputs, labels, share, mixture) -> {
              if (++calls[0] == 2) {
                memory.refuse();
              }
              module.differentiate(inputs, labels, share, mixture);
            });

    assertThat(heard).containsExactly("5 x 2");
    assertThat(Steps.loss(halved) / Steps.loss(steps.on(1, 1))).isBetween(1 - 1e-5, 1 + 1e-5);
  }

  @Test
  void replicasThatFailTogetherAreToldOnce() throws IOException {
    Steps steps = steps(NETWORK, SIX.withBatchSize(12));

    Steps.End halved = steps.on(2, 1, atMost(3));

    assertThat(heard).containsExactly("12 x 1");
    assertThat(halved.first()).isEqualTo(steps.on(2, 2).first());
  }

  @Test
  void whereHalfABatchFailsTooTheNumberToSetIsNamed() throws IOException {
    Steps steps = steps(NETWORK, SIX.withBatchSize(8));

    Problem problem = problem(steps, 3);

    assertThat(heard).containsExactly("8 x 1");
    assertThat(problem.what())
        .isEqualTo("memory does not suffice to train with half of a batch of 8 images");
    assertThat(problem.next())
        .startsWith("set -Dtransfer.batchSize=2 -Dtransfer.accumulation=4, which makes the same");
  }

  @Test
  void whereOneImageFailsThereIsNothingToHalve() throws IOException {
    Steps steps = steps(NETWORK, SIX.withBatchSize(1));

    Problem problem = problem(steps, 0);

    assertThat(heard).isEmpty();
    assertThat(problem.what())
        .isEqualTo("memory does not suffice to train with a single image at a time");
  }

  private Problem problem(Steps steps, int most) {
    return catchProblem(
        () -> {
          try {
            steps.on(1, 1, atMost(most));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Memory for so many images and no more. */
  private Pass.Differentiation atMost(int images) {
    return (module, inputs, labels, share, mixture) -> {
      if (labels.length > images) {
        memory.refuse();
      }
      module.differentiate(inputs, labels, share, mixture);
    };
  }

  private Steps steps(Network network, Recipe recipe) throws IOException {
    TrainingTask task = SmallTask.heard(SmallTask.of(folder, network, 1), listener);
    return new Steps(task, recipe, SmallTask.random(network, 1));
  }
}
