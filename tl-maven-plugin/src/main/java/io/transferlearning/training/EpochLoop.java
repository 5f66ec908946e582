package io.transferlearning.training;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import io.transferlearning.problem.TrainingProblems;
import io.transferlearning.weights.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains epoch by epoch, keeps the best one's weights and stops when none gets better. */
final class EpochLoop {
  /** A smaller fall of the validation loss, in nats, does not keep a training going. */
  private static final double LEAST_GAIN = 1e-3;

  private final Recipe recipe;
  private final Listener listener;
  private final List<Epoch> epochs = new ArrayList<>();
  private @Nullable Best best;
  private double highestAccuracy = -1;
  private double lowestLoss = Double.POSITIVE_INFINITY;
  private int lastGain;

  /** What an epoch consists of. */
  interface Passes {
    /**
     * One pass over the training images.
     *
     * @param epoch counts from 1
     * @param rates the schedule's factor of each step
     */
    Totals train(int epoch, Rates rates);

    /** One pass over the validation images, in evaluation mode. */
    Totals validate();

    /** A copy of the weights as they are. */
    Map<String, Tensor> state();

    /** Steps of an epoch. */
    int steps();

    /** How long the passes so far have waited for images, in nanoseconds. */
    default long waitedNanos() {
      return 0;
    }
  }

  /** The best epoch so far, and its weights. */
  private record Best(Epoch epoch, Map<String, Tensor> state) {}

  EpochLoop(Recipe recipe, Listener listener) {
    this.recipe = recipe;
    this.listener = listener;
  }

  /**
   * Runs the epochs.
   *
   * @throws io.transferlearning.problem.Problem if the loss stops being a number
   */
  Trained run(Passes passes) {
    Rates rates = new Rates(recipe, (long) recipe.epochs() * passes.steps());
    for (int number = 1; number <= recipe.epochs(); number++) {
      listener.starting(number, recipe.epochs());
      Epoch epoch = epoch(number, passes, rates);
      epochs.add(epoch);
      boolean better = best == null || better(epoch, best.epoch());
      if (gains(epoch)) {
        lastGain = number;
      }
      if (better) {
        best = new Best(epoch, passes.state());
      }
      listener.finished(epoch, recipe.epochs(), better);
      if (recipe.patience() > 0 && number - lastGain >= recipe.patience()) {
        break;
      }
      if (outOfTime()) {
        listener.outOfTime(number, recipe.stopping().minutes());
        break;
      }
    }
    return new Trained(kept().state(), new History(epochs, kept().epoch().number()));
  }

  private boolean outOfTime() {
    double seconds = epochs.stream().mapToDouble(Epoch::seconds).sum();
    return recipe.stopping().minutes() > 0 && seconds >= 60 * recipe.stopping().minutes();
  }

  private Best kept() {
    return java.util.Objects.requireNonNull(best, "no epoch has been trained");
  }

  private Epoch epoch(int number, Passes passes, Rates rates) {
    long start = System.nanoTime();
    long waitedBefore = passes.waitedNanos();
    Totals train = passes.train(number, rates);
    requireFinite(train, number, rates);
    Totals validation = passes.validate();
    // The last step of an epoch can break what its own loss does not show yet.
    requireFinite(validation, number, rates);
    long nanos = System.nanoTime() - start;
    long waited = passes.waitedNanos() - waitedBefore;
    return new Epoch(
        number,
        train.loss(),
        validation.loss(),
        train.accuracy(),
        validation.accuracy(),
        rates.last(),
        nanos / 1e9,
        (double) waited / Math.max(1.0, (double) nanos));
  }

  private static void requireFinite(Totals totals, int epoch, Rates rates) {
    if (totals.images() > 0 && !Double.isFinite(totals.loss())) {
      throw TrainingProblems.diverged(epoch, rates.highest());
    }
  }

  /** More correct validation images; of equals, the lower loss. */
  private static boolean better(Epoch a, Epoch b) {
    int accuracy = Double.compare(a.validationAccuracy(), b.validationAccuracy());
    return accuracy > 0 || (accuracy == 0 && a.validationLoss() < b.validationLoss());
  }

  /**
   * Whether an epoch beats all before it by more than what an overfitting head gains for ever: in
   * accuracy or in loss, each compared with the best there was, so that swinging is no gain.
   */
  private boolean gains(Epoch epoch) {
    boolean accurate = epoch.validationAccuracy() > highestAccuracy;
    boolean lower = lowestLoss - epoch.validationLoss() > LEAST_GAIN;
    highestAccuracy = accurate ? epoch.validationAccuracy() : highestAccuracy;
    lowestLoss = lower ? epoch.validationLoss() : lowestLoss;
    return accurate || lower;
  }

  /** Learning rates of the steps, one after the other. */
  static final class Rates {
    private final Recipe recipe;
    private final long steps;
    private long step;
    private double factor;

    Rates(Recipe recipe, long steps) {
      this.recipe = recipe;
      this.steps = steps;
    }

    /** Goes on to the next step. */
    void advance() {
      factor = recipe.schedule().factor(step++, steps);
    }

    /** Weight of the newest parameters in the moving average. */
    double newest() {
      return recipe.regularisation().newest(step - 1);
    }

    double body() {
      return recipe.bodyRate() * factor;
    }

    double head() {
      return recipe.headRate() * factor;
    }

    /** The rate to show: the body's where it trains, else the head's. */
    double last() {
      return highest() * factor;
    }

    double highest() {
      return recipe.bodyRate() > 0 ? recipe.bodyRate() : recipe.headRate();
    }
  }
}
