package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochLoopTest {
  private static final Totals TRAIN = new Totals(5, 8, 10);

  @Test
  void theWeightsOfTheMostAccurateEpochAreKept() {
    Trained trained =
        run(patience(0, 3), validation(0.5, 5), validation(0.9, 9), validation(0.1, 8));

    assertThat(trained.history().bestEpoch()).isEqualTo(2);
    assertThat(trained.tensors().get("epoch")).isEqualTo(Tensor.scalar(2));
  }

  @Test
  void ofEquallyAccurateEpochsTheOneOfLowerLossIsKept() {
    Trained trained =
        run(patience(0, 3), validation(0.5, 5), validation(0.4, 5), validation(0.45, 5));

    assertThat(trained.history().bestEpoch()).isEqualTo(2);
  }

  @Test
  void ofEqualEpochsTheFirstIsKept() {
    Trained trained = run(patience(0, 2), validation(0.5, 5), validation(0.5, 5));

    assertThat(trained.history().bestEpoch()).isEqualTo(1);
  }

  @Test
  void theHistoryHoldsWhatWasMeasured() {
    Epoch epoch = run(patience(0, 1), validation(0.25, 5)).history().epochs().get(0);

    assertThat(epoch.number()).isEqualTo(1);
    assertThat(epoch.trainLoss()).isEqualTo(0.5);
    assertThat(epoch.trainAccuracy()).isEqualTo(0.8);
    assertThat(epoch.validationLoss()).isEqualTo(0.25);
    assertThat(epoch.validationAccuracy()).isEqualTo(0.5);
    assertThat(epoch.seconds()).isNotNegative();
    assertThat(epoch.waited()).isPositive();
  }

  @Test
  void trainingStopsWhenNothingGetsBetter() {
    Trained trained =
        run(patience(2, 10), validation(0.5, 5), validation(0.6, 5), validation(0.7, 5));

    assertThat(trained.history().epochs()).hasSize(3);
    assertThat(trained.history().bestEpoch()).isEqualTo(1);
  }

  @Test
  void aGainStartsThePatienceAgain() {
    Trained trained =
        run(
            patience(2, 10),
            validation(0.5, 5),
            validation(0.5, 5),
            validation(0.4, 5),
            validation(0.4, 5),
            validation(0.4, 5));

    assertThat(trained.history().epochs()).hasSize(5);
    assertThat(trained.history().bestEpoch()).isEqualTo(3);
  }

  @Test
  void aFallOfAThousandthIsKeptButDoesNotKeepTheTrainingGoing() {
    Trained trained =
        run(patience(2, 10), validation(0.5, 5), validation(0.4996, 5), validation(0.4992, 5));

    assertThat(trained.history().epochs()).hasSize(3);
    assertThat(trained.history().bestEpoch()).isEqualTo(3);
  }

  @Test
  void smallFallsThatAddUpKeepTheTrainingGoing() {
    Trained trained =
        run(
            patience(2, 4),
            validation(0.5, 5),
            validation(0.4994, 5),
            validation(0.4988, 5),
            validation(0.4982, 5));

    assertThat(trained.history().epochs()).hasSize(4);
  }

  @Test
  void swingingBetweenAccuracyAndLossIsNoGain() {
    Trained trained =
        run(
            patience(2, 10),
            validation(0.5, 6),
            validation(0.4, 5),
            validation(0.5, 6),
            validation(0.4, 5));

    assertThat(trained.history().epochs()).hasSize(4);
    assertThat(trained.history().bestEpoch()).isEqualTo(1);
  }

  @Test
  void withoutPatienceAllEpochsAreTrained() {
    Trained trained = run(patience(0, 4), validation(0.5, 5), validation(0.6, 5));

    assertThat(trained.history().epochs()).hasSize(4);
  }

  @Test
  void noEpochStartsAfterTheTimeThatWasSet() {
    Recipe recipe = patience(0, 5).withStopping(new Stopping(5, 0, 1e-9));

    Trained trained = run(recipe, validation(0.5, 5));

    assertThat(trained.history().epochs()).hasSize(1);
    assertThat(trained.history().bestEpoch()).isEqualTo(1);
  }

  @Test
  void aLossThatIsNotANumberStopsWithTheRate() {
    Totals broken = new Totals(Double.NaN, 0, 10);
    EpochLoop loop = new EpochLoop(patience(0, 3), Listener.NONE);

    assertThatThrownBy(() -> loop.run(new Fake(broken, List.of(validation(0.5, 5)))))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "training diverged: the loss of epoch 1 is not a number at learning rate 0.5%n"
                + "  -> set -Dtransfer.learningRate lower, a tenth of 0.5 to begin with",
            new Object[0]);
  }

  @Test
  void aValidationLossThatIsNotANumberStopsToo() {
    Totals broken = new Totals(Double.NaN, 5, 10);
    EpochLoop loop = new EpochLoop(patience(0, 3).withRates(0, 0.25), Listener.NONE);

    assertThatThrownBy(() -> loop.run(new Fake(TRAIN, List.of(validation(0.5, 5), broken))))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "training diverged: the loss of epoch 2 is not a number at learning rate 0.25");
  }

  @Test
  void theListenerHearsEveryEpochAndWhichWereBest() {
    List<String> heard = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void starting(int number, int most) {
            heard.add("start " + number + "/" + most);
          }

          @Override
          public void finished(Epoch epoch, int most, boolean best) {
            heard.add("end " + epoch.number() + "/" + most + (best ? " best" : ""));
          }
        };

    new EpochLoop(patience(0, 2), listener)
        .run(new Fake(TRAIN, List.of(validation(0.5, 5), validation(0.6, 5))));

    assertThat(heard).containsExactly("start 1/2", "end 1/2 best", "start 2/2", "end 2/2");
  }

  @Test
  void ratesFollowTheScheduleOverAllEpochs() {
    Recipe recipe = Recipe.fineTuning().withEpochs(5).withPatience(0).withRates(1, 10);

    History history =
        new EpochLoop(recipe, Listener.NONE)
            .run(new Fake(TRAIN, List.of(validation(0.5, 5))))
            .history();

    // Two steps an epoch, so ten in all, of which the first warms up.
    assertThat(history.epochs())
        .extracting(Epoch::learningRate)
        .containsExactly(
            Schedule.WARM_UP_AND_COSINE.factor(1, 10),
            Schedule.WARM_UP_AND_COSINE.factor(3, 10),
            Schedule.WARM_UP_AND_COSINE.factor(5, 10),
            Schedule.WARM_UP_AND_COSINE.factor(7, 10),
            Schedule.WARM_UP_AND_COSINE.factor(9, 10));
  }

  @Test
  void theHeadsRateIsShownWhereTheBodyRests() {
    EpochLoop.Rates rates = new EpochLoop.Rates(patience(0, 1).withRates(0, 0.5), 2);
    rates.advance();

    assertThat(rates.body()).isZero();
    assertThat(rates.head()).isEqualTo(0.5);
    assertThat(rates.last()).isEqualTo(0.5);
  }

  private static Recipe patience(int patience, int epochs) {
    return Recipe.featureExtraction().withPatience(patience).withEpochs(epochs).withRates(0.5, 0.5);
  }

  /** Ten images of this mean loss. */
  private static Totals validation(double loss, int correct) {
    return new Totals(loss * 10, correct, 10);
  }

  private static Trained run(Recipe recipe, Totals... validations) {
    return new EpochLoop(recipe, Listener.NONE).run(new Fake(TRAIN, List.of(validations)));
  }

  /** Gives the same training totals in each epoch; the last of the others once they are used up. */
  private static final class Fake implements EpochLoop.Passes {
    private final Totals train;
    private final List<Totals> validations;
    private int epoch;

    Fake(Totals train, List<Totals> validations) {
      this.train = train;
      this.validations = validations;
    }

    @Override
    public Totals train(int number, EpochLoop.Rates rates) {
      epoch = number;
      for (int step = 0; step < steps(); step++) {
        rates.advance();
      }
      return train;
    }

    @Override
    public Totals validate() {
      return validations.get(Math.min(epoch, validations.size()) - 1);
    }

    @Override
    public Map<String, Tensor> state() {
      return Map.of("epoch", Tensor.scalar(epoch));
    }

    @Override
    public int steps() {
      return 2;
    }

    @Override
    public long waitedNanos() {
      return epoch;
    }
  }
}
