package io.transferlearning.pipeline;

import io.transferlearning.pipeline.TrainRequest.Training;
import io.transferlearning.training.Freezing;
import io.transferlearning.training.Optimizer;
import io.transferlearning.training.Recipe;
import io.transferlearning.training.Regularisation;
import io.transferlearning.training.Schedule;
import io.transferlearning.training.Stopping;
import org.jspecify.annotations.Nullable;

/** Chooses how to train: the mode's defaults, then the preset, then what the user said. */
final class Recipes {
  /** What the head learns at while the body fine-tunes, as a multiple of the body's rate. */
  private static final double HEAD_TO_BODY = 10;

  /** SGD's rate for good weights, as in PyTorch's tutorials; ResNet-50 diverges at ten times it. */
  private static final double SGD_RATE = 1e-3;

  /** SGD's rate for random weights: 0.1 for 256 images (Goyal et al. 2017, 1706.02677), scaled. */
  private static final double SGD_RATE_FROM_SCRATCH = 1e-2;

  /**
   * Sets smaller than this cannot teach batch normalisation better statistics than they come with.
   */
  private static final int ENOUGH_FOR_STATISTICS = 5000;

  private Recipes() {}

  /**
   * How AdamW trains the head on frozen features: as usual where something is fine-tuned, which is
   * then what the user speaks of.
   */
  static Recipe head(TrainRequest request) {
    if (request.modes().contains(Mode.FINETUNE)) {
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
          .withRegularisation(recipe.regularisation().withAveraging(0.99));
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
    double usual = !sgd ? defaults.bodyRate() : pretrained ? SGD_RATE : SGD_RATE_FROM_SCRATCH;
    double body = or(request.training().learningRate(), usual);
    double momentum = or(tuning.momentum(), defaults.momentum());
    double head = or(tuning.headLearningRate(), pretrained && !sgd ? body * HEAD_TO_BODY : body);
    return new Optimizer(
        sgd ? Optimizer.Kind.SGD : Optimizer.Kind.ADAMW,
        body,
        head,
        or(tuning.layerDecay(), defaults.layerDecay()),
        or(tuning.weightDecay(), sgd ? 1e-4 : defaults.weightDecay()),
        momentum,
        // Looking ahead needs a direction; torch refuses it without one.
        Boolean.TRUE.equals(tuning.nesterov()) && momentum > 0,
        or(tuning.clipNorm(), defaults.clipNorm()));
  }

  private static Regularisation regularisation(Regularisation defaults, Tuning tuning) {
    return new Regularisation(
        or(tuning.labelSmoothing(), defaults.labelSmoothing()),
        or(tuning.ema(), defaults.averaging()),
        or(tuning.startShare(), defaults.startShare()));
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
