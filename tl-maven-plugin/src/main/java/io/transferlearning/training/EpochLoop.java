package io.transferlearning.training;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TrainingProblems;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains epoch by epoch, keeps the best one's weights and stops when none gets better. Where there
 * is a folder for checkpoints, a training that was cut off goes on from the last one.
 */
final class EpochLoop {
  /** A smaller fall of the validation loss, in nats, does not keep a training going. */
  private static final double LEAST_GAIN = 1e-3;

  private final Recipe recipe;
  private final Listener listener;
  private final @Nullable CheckpointFolder checkpoints;
  private final List<Epoch> epochs = new ArrayList<>();
  private @Nullable Best best;
  private double highestAccuracy = -1;
  private double lowestLoss = Double.POSITIVE_INFINITY;
  private int lastGain;
  private long lastCheckpoint = System.nanoTime();

  /** What an epoch consists of. */
  interface Passes {
    /**
     * One pass over the training images.
     *
     * @param epoch counts from 1
     * @param rates the schedule's factor of each step
     */
    Totals train(int epoch, Rates rates);

    /**
     * The rest of a pass over the training images.
     *
     * @param place where it begins
     * @param reached told after every step
     */
    default Totals train(Place place, Rates rates, Consumer<Place> reached) {
      return train(place.epoch(), rates);
    }

    /** One pass over the validation images, in evaluation mode. */
    Totals validate();

    /** A copy of the weights that the validation measures. */
    Map<String, Tensor> state();

    /** A copy of all that the next step depends on. */
    default Snapshot snapshot() {
      throw new UnsupportedOperationException("no checkpoints of this training");
    }

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
    this(recipe, listener, null);
  }

  EpochLoop(Recipe recipe, Listener listener, @Nullable CheckpointFolder checkpoints) {
    this.recipe = recipe;
    this.listener = listener;
    this.checkpoints = checkpoints;
  }

  /**
   * Runs the epochs.
   *
   * @throws io.transferlearning.problem.Problem if the loss stops being a number
   */
  Trained run(Passes passes) {
    return run(passes, Optional.empty());
  }

  /**
   * Runs the epochs that are left.
   *
   * @param from a checkpoint that {@code passes} stands at
   * @throws io.transferlearning.problem.Problem if the loss stops being a number
   */
  Trained run(Passes passes, Optional<Checkpoint> from) {
    Rates rates = new Rates(recipe, (long) recipe.epochs() * passes.steps());
    Place place = Place.startOf(1);
    if (from.isPresent()) {
      place = from.get().facts().place();
      restore(from.get(), rates);
      listener.resumed(
          place.epoch(), place.totals().images(), Optional.ofNullable(best).map(Best::epoch));
    }
    while (place.epoch() <= recipe.epochs() && !ended(place.epoch() - 1)) {
      listener.starting(place.epoch(), recipe.epochs());
      Epoch epoch = epoch(place, passes, rates);
      keep(epoch, passes);
      place = Place.startOf(place.epoch() + 1);
      save(place, passes, rates);
    }
    return new Trained(kept().state(), new History(epochs, kept().epoch().number()));
  }

  private void keep(Epoch epoch, Passes passes) {
    epochs.add(epoch);
    boolean better = best == null || better(epoch, best.epoch());
    if (gains(epoch)) {
      lastGain = epoch.number();
    }
    if (better) {
      best = new Best(epoch, passes.state());
    }
    listener.finished(epoch, recipe.epochs(), better);
  }

  /** Whether no epoch follows, though the recipe has more. */
  private boolean ended(int done) {
    double seconds = epochs.stream().mapToDouble(Epoch::seconds).sum();
    if (recipe.stopping().minutes() > 0 && seconds >= 60 * recipe.stopping().minutes()) {
      listener.outOfTime(done, recipe.stopping().minutes());
      return true;
    }
    return recipe.patience() > 0 && done - lastGain >= recipe.patience();
  }

  private Best kept() {
    return java.util.Objects.requireNonNull(best, "no epoch has been trained");
  }

  private Epoch epoch(Place place, Passes passes, Rates rates) {
    long start = System.nanoTime();
    long waitedBefore = passes.waitedNanos();
    Totals train =
        passes.train(
            place,
            rates,
            reached -> {
              if (dueForCheckpoint()) {
                double seconds = place.seconds() + (System.nanoTime() - start) / 1e9;
                Place now =
                    new Place(reached.epoch(), reached.batches(), reached.totals(), seconds);
                save(now, passes, rates);
              }
            });
    requireFinite(train, place.epoch(), rates);
    Totals validation = passes.validate();
    // The last step of an epoch can break what its own loss does not show yet.
    requireFinite(validation, place.epoch(), rates);
    long nanos = System.nanoTime() - start;
    long waited = passes.waitedNanos() - waitedBefore;
    return new Epoch(
        place.epoch(),
        train.loss(),
        validation.loss(),
        train.accuracy(),
        validation.accuracy(),
        rates.last(),
        place.seconds() + nanos / 1e9,
        (double) waited / Math.max(1.0, (double) nanos));
  }

  private boolean dueForCheckpoint() {
    return checkpoints != null
        && System.nanoTime() - lastCheckpoint >= checkpoints.between().toNanos();
  }

  /** A checkpoint that cannot be written costs what it would have saved, and nothing else. */
  private void save(Place place, Passes passes, Rates rates) {
    if (checkpoints == null) {
      return;
    }
    Snapshot snapshot = passes.snapshot();
    Checkpoint.Facts facts =
        new Checkpoint.Facts(
            place,
            rates.step,
            List.copyOf(epochs),
            best == null ? 0 : best.epoch().number(),
            lastGain,
            snapshot.parts());
    try {
      checkpoints.write(new Checkpoint(facts, snapshot, best == null ? Map.of() : best.state()));
    } catch (IOException | UncheckedIOException | Problem e) {
      listener.noCheckpoint(String.valueOf(e.getMessage()));
    }
    lastCheckpoint = System.nanoTime();
  }

  private void restore(Checkpoint from, Rates rates) {
    Checkpoint.Facts facts = from.facts();
    for (Epoch epoch : facts.epochs()) {
      epochs.add(epoch);
      gains(epoch);
      if (epoch.number() == facts.bestEpoch()) {
        best = new Best(epoch, from.best());
      }
    }
    lastGain = facts.lastGain();
    rates.goTo(facts.step());
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
  static final class Rates implements OptimizerRates {
    private final Recipe recipe;
    private final long steps;
    private long step;
    private double factor;

    Rates(Recipe recipe, long steps) {
      this.recipe = recipe;
      this.steps = steps;
    }

    @Override
    public void advance() {
      factor = recipe.schedule().factor(step++, steps);
    }

    /** Goes to where {@code done} steps have been made. */
    void goTo(long done) {
      step = done;
      factor = done == 0 ? 0 : recipe.schedule().factor(done - 1, steps);
    }

    @Override
    public double newest() {
      return recipe.regularisation().newest(step - 1);
    }

    @Override
    public double body() {
      return recipe.bodyRate() * factor;
    }

    @Override
    public double head() {
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
