package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.pipeline.TrainRequest.Training;
import io.transferlearning.training.HeadSolver;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadSolversTest {
  private static final HeadSolver WHOLE = new HeadSolver.Lbfgs(1000);

  @Test
  void autoIsLbfgs() {
    assertThat(solver(null, null, null)).isEqualTo(WHOLE);
    assertThat(solver("auto", 15, null)).isEqualTo(new HeadSolver.Lbfgs(15));
  }

  @Test
  void aRateIsAdamWs() {
    assertThat(solver(null, null, 0.01)).isEqualTo(HeadSolver.adamw());
    assertThat(solver("lbfgs", null, 0.01)).isEqualTo(WHOLE);
  }

  @Test
  void theRateOfFineTuningIsTheBodys() {
    Training user = new Training(null, null, 0.01, null, null);

    assertThat(HeadSolvers.of(SmallRequest.with(Path.of("."), 1, user, Mode.FINETUNE)))
        .isEqualTo(WHOLE);
    assertThat(
            HeadSolvers.of(
                SmallRequest.with(Path.of("."), 1, user, Mode.FEATURE_EXTRACTION, Mode.FINETUNE)))
        .isEqualTo(WHOLE);
  }

  @Test
  void theEpochsOfFineTuningDoNotCutTheHeadShort() {
    Training user = new Training(3, null, null, null, null);

    assertThat(HeadSolvers.of(SmallRequest.with(Path.of("."), 1, user, Mode.FINETUNE)))
        .isEqualTo(WHOLE);
    assertThat(
            HeadSolvers.of(
                SmallRequest.with(Path.of("."), 1, user, Mode.FEATURE_EXTRACTION, Mode.FINETUNE)))
        .isEqualTo(WHOLE);
  }

  @Test
  void adamwIsTakenAtItsWord() {
    assertThat(solver("adamw", 3, null)).isEqualTo(HeadSolver.adamw());
  }

  @Test
  void anUnknownWordIsRefused() {
    assertThatThrownBy(() -> HeadSolvers.requireKnown("lbgfs"))
        .hasMessage(
            "transfer.headSolver cannot be 'lbgfs'. Legal: auto, lbfgs, adamw%n"
                + "  -> did you mean 'lbfgs'? set -Dtransfer.headSolver to one of them",
            new Object[0]);
  }

  private static HeadSolver solver(
      @Nullable String word, @Nullable Integer epochs, @Nullable Double rate) {
    Training user = new Training(epochs, null, rate, null, word);
    return HeadSolvers.of(SmallRequest.with(Path.of("."), 1, user, Mode.FEATURE_EXTRACTION));
  }
}
