package io.transferlearning.pipeline;

import io.transferlearning.evaluation.RateSweep;
import io.transferlearning.network.Networks;
import io.transferlearning.report.RatePlot;
import io.transferlearning.training.RateTest;
import io.transferlearning.training.Recipe;
import io.transferlearning.training.TrainingTask;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Chooses the rate of a fine-tuning by a range test, where the user wants that. */
final class RateStep {
  private RateStep() {}

  /** The name of the test's plot; the user must have asked for a test. */
  static String plot(TrainRequest request) {
    return "lr_finder_" + Networks.family(request.model()) + ".png";
  }

  /** Whether a test is wanted. */
  static boolean wanted(TrainRequest request) {
    return request.modes().contains(Mode.FINETUNE)
        && Boolean.TRUE.equals(request.training().tuning().findLearningRate());
  }

  /**
   * Tests, or takes the test of a training that was cut off; draws, and gives the recipe at the
   * rate found: as it was where the loss never fell.
   *
   * @param weights the fine-tuning would start from; not looked at where there is a test
   */
  static Recipe choose(
      TrainRequest request,
      TrainingTask task,
      Recipe recipe,
      Map<String, Tensor> weights,
      FoundRate known,
      Staging staging,
      Progress progress)
      throws IOException {
    progress.phase("finetune, learning rate");
    Optional<RateSweep> earlier = known.read();
    RateSweep sweep = earlier.isPresent() ? earlier.get() : sweep(task, recipe, weights, progress);
    known.keep(sweep);
    RatePlot.write(
        staging.resolve(plot(request)), request.model() + ", range of learning rates", sweep);
    OptionalDouble found = sweep.suggestion();
    if (found.isEmpty()) {
      progress.warn(
          String.format(
              Locale.ROOT,
              "no learning rate from 1e-6 on made the loss fall: training at the usual %.1e; %s"
                  + " shows the test",
              recipe.bodyRate(),
              plot(request)));
      return recipe;
    }
    double rate = found.getAsDouble();
    progress.info(
        String.format(
            Locale.ROOT,
            "finetune: learning rate %.1e (%s)%s",
            rate,
            plot(request),
            earlier.isPresent() ? ", found before it was cut off" : ""));
    return recipe.withRates(rate, rate * recipe.headRate() / recipe.bodyRate());
  }

  private static RateSweep sweep(
      TrainingTask task, Recipe recipe, Map<String, Tensor> weights, Progress progress)
      throws IOException {
    return new RateTest(task, recipe)
        .sweep(
            weights,
            step ->
                progress.step(
                    "learning rate, step " + step + "/" + RateTest.STEPS,
                    (double) step / RateTest.STEPS));
  }
}
