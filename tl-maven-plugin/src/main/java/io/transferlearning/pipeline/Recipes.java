package io.transferlearning.pipeline;

import io.transferlearning.network.Networks;
import io.transferlearning.pipeline.TrainRequest.Training;
import io.transferlearning.training.Recipe;
import java.util.Set;

/** Chooses how to train: the mode's defaults, then what the user said. */
final class Recipes {
  /** Networks without normalisation between their layers take half the rate. */
  private static final Set<String> DELICATE = Set.of("alexnet", "vgg", "squeezenet");

  /** What the head learns at while the body fine-tunes, as a multiple of the body's rate. */
  private static final double HEAD_TO_BODY = 10;

  private Recipes() {}

  /** How the head is trained on frozen features. */
  static Recipe head(TrainRequest request) {
    Recipe recipe = common(Recipe.featureExtraction(), request.training());
    Double rate = request.training().learningRate();
    if (rate == null || !request.modes().contains(Mode.FEATURE_EXTRACTION)) {
      return recipe;
    }
    return recipe.withRates(0, rate);
  }

  /**
   * How everything is trained.
   *
   * @param pretrained whether the weights are already good
   */
  static Recipe everything(TrainRequest request, boolean pretrained) {
    Double rate = request.training().learningRate();
    if (!pretrained) {
      Recipe recipe = common(Recipe.fromScratch(), request.training());
      return rate == null ? recipe : recipe.withRates(rate, rate);
    }
    Recipe recipe = common(Recipe.fineTuning(), request.training());
    double body = recipe.bodyRate();
    if (rate != null && !request.modes().contains(Mode.FEATURE_EXTRACTION)) {
      body = rate;
    } else if (DELICATE.contains(Networks.family(request.model()))) {
      body = body / 2;
    }
    return recipe.withRates(body, body * HEAD_TO_BODY);
  }

  private static Recipe common(Recipe defaults, Training user) {
    Recipe recipe = defaults;
    recipe = user.epochs() == null ? recipe : recipe.withEpochs(user.epochs());
    recipe = user.batchSize() == null ? recipe : recipe.withBatchSize(user.batchSize());
    return user.patience() == null ? recipe : recipe.withPatience(user.patience());
  }
}
