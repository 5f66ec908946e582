package io.transferlearning.training;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.training.head.HeadListener;
import java.util.Optional;

/** Hears how a training goes. */
public interface Listener {
  /** An epoch starts; {@code number} counts from 1 to at most {@code most}. */
  default void starting(int number, int most) {}

  /** An epoch is over; {@code best} where none before was better. */
  default void finished(Epoch epoch, int most, boolean best) {}

  /** No epoch starts after number {@code epoch}: the time that was set is over. */
  default void outOfTime(int epoch, double minutes) {}

  /**
   * A training that was cut off goes on.
   *
   * @param epoch with which it goes on
   * @param images of it that have been seen; 0 from its start
   * @param best of the epochs before it; none where it is the first
   */
  default void resumed(int epoch, long images, Optional<Epoch> best) {}

  /** A checkpoint could not be written; the training goes on. */
  default void noCheckpoint(String why) {}

  /**
   * Memory does not suffice: from now on a batch is computed in two halves.
   *
   * @param batchSize that is too large
   * @param accumulation batches of a step
   */
  default void halved(int batchSize, int accumulation) {}

  /** {@code done} of {@code all} training images of the epoch have been seen. */
  default void step(long done, long all) {}

  /** Of {@code all} images, {@code known} have features from an earlier training. */
  default void found(int known, int all) {}

  /** Features of {@code done} of {@code all} images have been computed. */
  default void features(int done, int all) {}

  /** The solver has found the head of a penalty. */
  default void solved(HeadListener.Solved head) {}

  /** Hears nothing. */
  Listener NONE = new Listener() {};
}
