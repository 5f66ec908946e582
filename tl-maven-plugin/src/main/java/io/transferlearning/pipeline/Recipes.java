package io.transferlearning.pipeline;

import io.transferlearning.network.Networks;
import io.transferlearning.pipeline.TrainRequest.Training;
import io.transferlearning.training.Freezing;
import io.transferlearning.training.Optimizer;
import io.transferlearning.training.Recipe;
import io.transferlearning.training.Regularisation;
import io.transferlearning.training.Schedule;
import io.transferlearning.training.Stopping;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses how to train: the mode's defaults, then the preset, then what the user said. */
final class Recipes {
  /** Networks without normalisation between their layers take half the rate. */
  private static final Set<String> DELICATE = Set.of("alexnet", "vgg", "squeezenet");

  /** What the head learns at while the body fine-tunes, as a multiple of the body's rate. */
  private static final double HEAD_TO_BODY = 10;

  /**
   * SGD's rate as a multiple of AdamW's, which does not grow with the gradients: 1e-2 beside 1e-4.
   */
  private static final double SGD_TO_ADAMW = 100;

  /**
   * Sets smaller than this cannot teach batch normalisation better statistics than they come with.
   */
  private static final int ENOUGH_FOR_STATISTICS = 5000;

  private Recipes() {}

  /**
   * How AdamW trains the head on frozen features: as usual where only fine-tuning was asked for.
   */
  static Recipe head(TrainRequest request) {
    if (!request.modes().contains(Mode.FEATURE_EXTRACTION)) {
      return Recipe.featureExtraction();
    }
    Recipe recipe = common(Recipe.featureExtraction(), request.training());
    Double rate = request.training().learningRate();
    return rate == null ? recipe : recipe.withRates(0, rate);
  }

  /**
   * How everything is trained.
   *
   * @param pretrained whether the weights are already good
   * @param images training images
   */
  static Recipe everything(TrainRequest request, boolean pretrained, int images) {
    Tuning tuning = request.training().tuning();
    Recipe recipe = pretrained ? Recipe.fineTuning() : Recipe.fromScratch();
    recipe = common(preset(recipe, tuning.preset()), request.training());
    recipe = recipe.withOptimizer(optimizer(recipe.optimizer(), request, pretrained));
    recipe = recipe.withRegularisation(regularisation(recipe.regularisation(), tuning));
    recipe = recipe.withFreezing(freezing(tuning, pretrained, images));
    recipe = recipe.withSchedule(schedule(recipe.schedule(), tuning.schedule()));
    recipe =
        tuning.accumulation() == null ? recipe : recipe.withAccumulation(tuning.accumulation());
    Stopping stop = recipe.stopping();
    return recipe.withStopping(
        new Stopping(stop.epochs(), stop.patience(), or(tuning.maxMinutes(), stop.minutes())));
  }

  private static Recipe preset(Recipe recipe, @Nullable String preset) {
    if ("quick".equals(preset)) {
      return recipe.withEpochs(3).withPatience(0);
    } else if ("best".equals(preset)) {
      return recipe
          .withEpochs(30)
          .withPatience(8)
          .withRegularisation(new Regularisation(recipe.labelSmoothing(), 0.99));
    }
    return recipe;
  }

  private static Recipe common(Recipe defaults, Training user) {
    Recipe recipe = defaults;
    recipe = user.epochs() == null ? recipe : recipe.withEpochs(user.epochs());
    recipe = user.batchSize() == null ? recipe : recipe.withBatchSize(user.batchSize());
    return user.patience() == null ? recipe : recipe.withPatience(user.patience());
  }

  private static Optimizer optimizer(Optimizer defaults, TrainRequest request, boolean pretrained) {
    Tuning tuning = request.training().tuning();
    boolean sgd = "sgd".equals(tuning.optimizer());
    double body = bodyRate(defaults, request, pretrained, sgd);
    double momentum = or(tuning.momentum(), defaults.momentum());
    double head = or(tuning.headLearningRate(), pretrained ? body * HEAD_TO_BODY : body);
    return new Optimizer(
        sgd ? Optimizer.Kind.SGD : Optimizer.Kind.ADAMW,
        body,
        sgd && pretrained && tuning.headLearningRate() == null ? body : head,
        or(tuning.layerDecay(), defaults.layerDecay()),
        or(tuning.weightDecay(), sgd ? 1e-4 : defaults.weightDecay()),
        momentum,
        // Looking ahead needs a direction; torch refuses it without one.
        Boolean.TRUE.equals(tuning.nesterov()) && momentum > 0,
        or(tuning.clipNorm(), defaults.clipNorm()));
  }

  private static double bodyRate(
      Optimizer defaults, TrainRequest request, boolean pretrained, boolean sgd) {
    Double rate = request.training().learningRate();
    boolean heads = pretrained && request.modes().contains(Mode.FEATURE_EXTRACTION);
    if (rate != null && !heads) {
      return rate;
    }
    boolean delicate = pretrained && DELICATE.contains(Networks.family(request.model()));
    double usual = delicate ? defaults.bodyRate() / 2 : defaults.bodyRate();
    return sgd ? usual * SGD_TO_ADAMW : usual;
  }

  private static Regularisation regularisation(Regularisation defaults, Tuning tuning) {
    return new Regularisation(
        or(tuning.labelSmoothing(), defaults.labelSmoothing()),
        or(tuning.ema(), defaults.averaging()));
  }

  private static Freezing freezing(Tuning tuning, boolean pretrained, int images) {
    String word = tuning.batchNorm() == null ? "auto" : tuning.batchNorm();
    boolean follow = !pretrained || images >= ENOUGH_FOR_STATISTICS;
    boolean train = word.equals("auto") ? follow : word.equals("train");
    return new Freezing(
        tuning.freezeUpTo() == null ? "" : tuning.freezeUpTo(),
        Boolean.TRUE.equals(tuning.gradualUnfreezing()),
        train ? Recipe.BatchNorm.BATCH : Recipe.BatchNorm.FROZEN);
  }

  private static Schedule schedule(Schedule defaults, @Nullable String word) {
    if (word == null) {
      return defaults;
    }
    return switch (word) {
      case "cosine" -> Schedule.WARM_UP_AND_COSINE;
      case "step" -> Schedule.STEP;
      case "one-cycle" -> Schedule.ONE_CYCLE;
      case "constant" -> Schedule.CONSTANT;
      default -> throw new IllegalArgumentException("checked before: " + word);
    };
  }

  private static double or(@Nullable Double said, double otherwise) {
    return said == null ? otherwise : said;
  }
}
