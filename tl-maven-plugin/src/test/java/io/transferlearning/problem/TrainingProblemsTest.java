package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingProblemsTest {
  @Test
  void aDivergedTrainingNamesEpochAndRate() {
    Problem problem = TrainingProblems.diverged(3, 0.01);

    assertThat(problem.what())
        .isEqualTo("training diverged: the loss of epoch 3 is not a number at learning rate 0.01");
    assertThat(problem.next())
        .isEqualTo("set -Dtransfer.learningRate lower, a tenth of 0.01 to begin with");
  }
}
