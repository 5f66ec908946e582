package io.transferlearning.training;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.weights.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A training between two steps, complete enough to go on to the same bytes.
 *
 * @param facts all but tensors
 * @param snapshot of the module
 * @param best weights of the best epoch; empty before the first has ended
 */
record Checkpoint(Facts facts, Snapshot snapshot, Map<String, Tensor> best) {
  /**
   * What a checkpoint says beside its tensors.
   *
   * @param place where the training is
   * @param step of the schedule
   * @param epochs that have ended
   * @param bestEpoch number of the best of them; 0 for none
   * @param lastGain number of the last epoch that was a gain
   * @param parts in which a batch is computed
   */
  record Facts(
      Place place, long step, List<Epoch> epochs, int bestEpoch, int lastGain, int parts) {}
}
