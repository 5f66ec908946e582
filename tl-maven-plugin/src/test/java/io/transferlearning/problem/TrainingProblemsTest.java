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

  @Test
  void featuresThatAreNoNumbersPointAtTheWeights() {
    Problem problem = TrainingProblems.featuresNotFinite();

    assertThat(problem.what())
        .isEqualTo(
            "the frozen network's features of the training images are not all finite numbers");
    assertThat(problem.next())
        .isEqualTo(
            "its weights may be damaged or of another network: look at -Dtransfer.weights; or try"
                + " -Dtransfer.precision=fp32");
  }

  @Test
  void memoryForHalfABatchLacking() {
    Problem problem = TrainingProblems.outOfMemory(32, 2, new IllegalStateException("x"));

    assertThat(problem.what())
        .isEqualTo("memory does not suffice to train with half of a batch of 32 images");
    assertThat(problem.next())
        .isEqualTo(
            "set -Dtransfer.batchSize=8 -Dtransfer.accumulation=8, which makes the same steps, or a"
                + " smaller -Dtransfer.imageSize");
    assertThat(problem).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void memoryForOneImageLacking() {
    Problem problem = TrainingProblems.outOfMemory(1, 1, new IllegalStateException("x"));

    assertThat(problem.what())
        .isEqualTo("memory does not suffice to train with a single image at a time");
    assertThat(problem.next())
        .isEqualTo(
            "set a smaller -Dtransfer.imageSize, a smaller -Dmodel, or -Dtransfer.freezeUpTo");
    assertThat(TrainingProblems.outOfMemory(3, 1, new IllegalStateException("x")).next())
        .startsWith("set a smaller -Dtransfer.imageSize");
  }
}
