package io.transferlearning.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.engine.Processor;
import io.transferlearning.evaluation.Epoch;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PenaltyPathTest {
  private static final double[] ONES = {1, 1, 1, 1};

  private final Path folder;
  private final List<HeadListener.Solved> heard = new ArrayList<>();

  PenaltyPathTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void penaltiesFallUntilTheValidationLossRises() throws IOException {
    ConvexHead head = train(500);

    assertThat(heard).hasSizeGreaterThan(3);
    for (int i = 1; i < heard.size(); i++) {
      assertThat(heard.get(i).penalty()).isLessThan(heard.get(i - 1).penalty());
      assertThat(heard.get(i).trainLoss()).isLessThan(heard.get(i - 1).trainLoss());
    }
    int last = heard.size() - 1;
    assertThat(heard.get(last).validationLoss()).isGreaterThan(lowest());
    assertThat(head.penalty()).isLessThan(1).isGreaterThan(heard.get(last).penalty());
  }

  @Test
  void nothingWeakerIsTriedWhereNothingIsLeftToGain() throws IOException {
    train(500, Integer.MAX_VALUE);

    int last = heard.size() - 1;
    assertThat(heard.get(last).validationLoss()).isLessThanOrEqualTo(0.01);
    assertThat(heard.get(last).penalty()).isGreaterThan(1e-5);
    assertThat(heard.subList(0, last)).allMatch(one -> one.validationLoss() > 0.01);
  }

  @Test
  void theBestIterationIsTheLastOfTheChosenPenalty() throws IOException {
    ConvexHead head = train(500);

    HeadListener.Solved chosen =
        heard.stream().filter(one -> one.penalty() == head.penalty()).findFirst().orElseThrow();
    Epoch best = head.history().epochs().get(head.history().bestEpoch() - 1);
    assertThat(best.validationLoss()).isEqualTo(chosen.validationLoss());
    assertThat(best.trainAccuracy()).isEqualTo(chosen.trainAccuracy());
    assertThat(head.history().epochs())
        .hasSize(heard.stream().mapToInt(HeadListener.Solved::iterations).sum());
  }

  @Test
  void eachPenaltyTakesNoMoreThanTheMostIterations() throws IOException {
    train(3);

    assertThat(heard).allMatch(one -> one.iterations() <= 3);
  }

  @Test
  void trainingTwiceGivesTheSame() throws IOException {
    ConvexHead one = train(500);
    ConvexHead two = train(500);

    assertThat(one.layer().weight()).isEqualTo(two.layer().weight());
    assertThat(one.layer().bias()).isEqualTo(two.layer().bias());
  }

  @Test
  void featuresThatAreNoNumbersAreRefused() {
    FeatureRows broken =
        new FeatureRows() {
          private final FeatureRows sound = new FormulaRows(0, 200);

          @Override
          public int size() {
            return sound.size();
          }

          @Override
          public int width() {
            return sound.width();
          }

          @Override
          public ByteBuffer rows(int from, int to) {
            ByteBuffer rows = sound.rows(from, to);
            return rows.putFloat(40, Float.NaN);
          }

          @Override
          public long[] labels(int from, int to) {
            return sound.labels(from, to);
          }
        };

    assertThatThrownBy(
            () ->
                ConvexHead.train(
                    Processor.start("cpu", 2, 1), folder, broken, broken, ONES, 5, heard::add))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("the frozen network's features");
  }

  @Test
  void lossesThatChanceExplainsAreAlike() {
    double[] lowest = {1, 1, 1, 1};
    double[] equal = {1, 1, 1, 1};

    assertThat(PenaltyPath.alike(new double[] {1.5, 0.6, 1.5, 0.6}, lowest, ONES)).isTrue();
    assertThat(PenaltyPath.alike(new double[] {1.1, 1.1, 1.2, 1.1}, lowest, ONES)).isFalse();
    assertThat(PenaltyPath.alike(equal, lowest, ONES)).isTrue();
  }

  @Test
  void aClassThatWeighsMoreDecidesMore() {
    double[] lowest = {1, 1, 1, 1};
    double[] other = {1.1, 1.12, 0.5, 0.4};

    assertThat(PenaltyPath.alike(other, lowest, ONES)).isTrue();
    assertThat(PenaltyPath.alike(other, lowest, new double[] {9, 9, 0.01, 0.01})).isFalse();
  }

  private double lowest() {
    return heard.stream().mapToDouble(HeadListener.Solved::validationLoss).min().orElseThrow();
  }

  private ConvexHead train(int iterations) throws IOException {
    return train(iterations, 5);
  }

  private ConvexHead train(int iterations, int mislabelled) throws IOException {
    heard.clear();
    return ConvexHead.train(
        Processor.start("cpu", 2, 1),
        folder,
        new FormulaRows(0, 200, mislabelled),
        new FormulaRows(200, 100, mislabelled),
        ONES,
        iterations,
        heard::add);
  }
}
