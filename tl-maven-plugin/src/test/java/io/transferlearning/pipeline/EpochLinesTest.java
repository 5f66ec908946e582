package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.evaluation.Epoch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a user sees of a training, by a clock that stands still until the test moves it. */
class EpochLinesTest {
  private final RememberedProgress progress = new RememberedProgress();
  private long now;
  private final EpochLines lines = new EpochLines("finetune", 200, progress, () -> now);

  @Test
  void anEpochHasItsLossesItsRateAndTheTimeThatIsLeft() {
    epoch(1, 15, 0.9, true);
    epoch(2, 15, 0.8, false);
    assertThat(progress.lines)
        .containsExactly(
            "epoch  1/15  loss 0.500/0.250  acc 75.0/90.0  lr 1.0e-03  100 img/s  ETA 0:28  *best",
            "epoch  2/15  loss 0.500/0.250  acc 75.0/80.0  lr 1.0e-03  100 img/s  ETA 0:26");
  }

  @Test
  void ofManyEpochsEveryTenthIsTold() {
    for (int number = 1; number <= 30; number++) {
      epoch(number, 100, 0.5, false);
    }
    assertThat(progress.lines)
        .extracting(line -> line.substring(0, 13))
        .containsExactly("epoch   1/100", "epoch  11/100", "epoch  21/100");
  }

  @Test
  void withinAnEpochTheBestOneIsRemembered() {
    epoch(1, 10, 0.9, true);
    lines.starting(2, 10);
    pass(1);
    lines.step(100, 200);
    assertThat(progress.steps)
        .containsExactly("50 % epoch  2/10  100/200  100 img/s  ETA 0:17  best 90.0 % (epoch 1)");
  }

  @Test
  void aTrainingThatGoesOnIsTimedByWhatThisBuildDoes() {
    Epoch third = new Epoch(3, 0.5, 0.25, 0.75, 0.9, 1e-3, 2);
    pass(60);
    lines.resumed(5, 100, Optional.of(third));
    pass(60);
    lines.starting(5, 10);
    pass(0.5);
    lines.step(150, 200);
    pass(0.5);
    lines.finished(new Epoch(5, 0.5, 0.25, 0.75, 0.8, 1e-3, 2), 10, false);
    lines.starting(6, 10);
    pass(1);
    lines.step(100, 200);
    assertThat(progress.steps)
        .containsExactly(
            "75 % epoch  5/10  150/200  100 img/s  ETA 0:11  best 90.0 % (epoch 3)",
            "50 % epoch  6/10  100/200  100 img/s  ETA 0:09  best 90.0 % (epoch 3)");
    assertThat(progress.lines)
        .containsExactly(
            "finetune: goes on in the middle of epoch 5, where an earlier build was cut off",
            "epoch  5/10  loss 0.500/0.250  acc 75.0/80.0  lr 1.0e-03  100 img/s  ETA 0:10");
  }

  @Test
  void stepsAreNotToldFasterThanTheyCanBeRead() {
    lines.starting(1, 1);
    for (int done = 1; done <= 100; done++) {
      pass(0.01);
      lines.step(done, 200);
    }
    assertThat(progress.steps).hasSize(5);
  }

  @Test
  void waitingForImagesIsToldWhereItIsNotableAndWarnedOfOnceWhereItIsLong() {
    waited(1, 0.5);
    waited(2, 0.019);
    waited(3, 0.031);
    waited(4, 0.25);
    waited(5, 0.25);
    assertThat(progress.lines)
        .extracting(line -> line.replaceAll(".*ETA \\S+", ""))
        .containsExactly(
            "  waited for images 50 %",
            "", "  waited for images 3 %", "  waited for images 25 %", "  waited for images 25 %");
    assertThat(progress.warnings)
        .containsExactly(
            "the network waited for images 25 % of the time of epoch 4. Decode with more threads"
                + " (-Dtransfer.threads), store the images smaller, or on a faster disk");
  }

  @Test
  void aBatchInHalvesIsToldWithTheNumbersToSet() {
    lines.halved(32, 2);
    assertThat(progress.warnings)
        .containsExactly(
            "memory does not suffice for a batch of 32 images: it is computed in two halves from"
                + " now on, one step for both. To save the time this takes, set"
                + " -Dtransfer.batchSize=16 -Dtransfer.accumulation=4");
  }

  @Test
  void anOnlyEpochIsWarnedOfToo() {
    lines.starting(1, 1);
    lines.finished(new Epoch(1, 0.5, 0.25, 0.75, 0.5, 1e-3, 2, 0.5), 1, false);
    assertThat(progress.warnings.get(0)).startsWith("the network waited for images 50 %");
  }

  private void waited(int number, double part) {
    lines.starting(number, 5);
    pass(2);
    lines.finished(new Epoch(number, 0.5, 0.25, 0.75, 0.5, 1e-3, 2, part), 5, false);
  }

  @Test
  void featuresEndWithALineOfAll() {
    pass(0.5);
    lines.features(50, 200);
    pass(1.5);
    lines.features(200, 200);
    assertThat(progress.steps).containsExactly("25 % features 50/200  100 img/s  ETA 0:02");
    assertThat(progress.lines).containsExactly("features 200/200  100 img/s  2.0 s");
  }

  private void epoch(int number, int most, double accuracy, boolean best) {
    lines.starting(number, most);
    pass(2);
    lines.finished(new Epoch(number, 0.5, 0.25, 0.75, accuracy, 1e-3, 2), most, best);
  }

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }
}
