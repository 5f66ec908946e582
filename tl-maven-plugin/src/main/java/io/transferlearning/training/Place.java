package io.transferlearning.training;

/**
 * Where a training is: between two steps.
 *
 * @param epoch that is under way, from 1; one more than there are at its end
 * @param batches of it that have been trained on
 * @param totals of these
 * @param seconds that it has taken so far
 */
record Place(int epoch, int batches, Totals totals, double seconds) {
  /** The start of an epoch. */
  static Place startOf(int epoch) {
    return new Place(epoch, 0, Totals.NONE, 0);
  }
}
