package io.transferlearning.training.head;

import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear head trained to convergence.
 *
 * @param layer for plain features
 * @param penalty that the validation images chose
 * @param history of all iterations of all penalties, of which the last of the chosen penalty is the
 *     best
 */
public record ConvexHead(LinearLayer layer, double penalty, History history) {
  /**
   * Trains.
   *
   * @param workFolder exists; for a file that is gone at the end
   * @param train at least one image
   * @param validation chooses the penalty
   * @param importance weight of each class, above 0
   * @param iterations most iterations for one penalty, at least 1
   */
  public static ConvexHead train(
      Processor processor,
      Path workFolder,
      FeatureRows train,
      FeatureRows validation,
      double[] importance,
      int iterations,
      HeadListener listener)
      throws IOException {
    try (TorchModule code = SoftmaxRegression.code(processor, workFolder);
        SoftmaxRegression training = SoftmaxRegression.training(code, train, importance);
        SoftmaxRegression choosing = SoftmaxRegression.like(training, validation)) {
      PenaltyPath path = new PenaltyPath(training, choosing, iterations);
      path.run(listener);
      PenaltyPath.Step chosen = path.chosen();
      LinearLayer layer = training.standardization().fold(chosen.point(), importance.length);
      return new ConvexHead(
          layer,
          chosen.penalty(),
          new History(epochs(path.history()), chosen.lastIteration(), History.Pass.ITERATION));
    }
  }

  private static List<Epoch> epochs(List<PenaltyPath.Iteration> iterations) {
    List<Epoch> epochs = new ArrayList<>();
    for (PenaltyPath.Iteration one : iterations) {
      epochs.add(
          new Epoch(
              epochs.size() + 1,
              one.train().loss(),
              one.validation().loss(),
              one.train().accuracy(),
              one.validation().accuracy(),
              Double.NaN,
              one.seconds()));
    }
    return epochs;
  }
}
