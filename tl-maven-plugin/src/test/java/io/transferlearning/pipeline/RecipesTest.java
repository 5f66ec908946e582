package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.pipeline.TrainRequest.Training;
import io.transferlearning.training.Freezing;
import io.transferlearning.training.Optimizer;
import io.transferlearning.training.Recipe;
import io.transferlearning.training.Regularisation;
import io.transferlearning.training.Schedule;
import io.transferlearning.training.Stopping;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which modes a word asks for, and how each is trained. */
class RecipesTest {
  private static final Training SILENT = SmallRequest.training(null, null);

  @Test
  void wordsAreModes() {
    assertThat(Mode.parse("finetune")).containsExactly(Mode.FINETUNE);
    assertThat(Mode.parse("both")).containsExactly(Mode.FEATURE_EXTRACTION, Mode.FINETUNE);
    assertThatThrownBy(() -> Mode.parse("fine-tune"))
        .hasMessage(
            "transfer.mode cannot be 'fine-tune'. Legal: feature-extraction, finetune, both"
                + System.lineSeparator()
                + "  -> did you mean 'finetune'? set -Dtransfer.mode to one of them");
  }

  @Test
  void whatTheUserDoesNotSayIsTheModesDefault() {
    TrainRequest request = request(SILENT, Mode.FEATURE_EXTRACTION);

    assertThat(Recipes.head(request)).isEqualTo(Recipe.featureExtraction());
    assertThat(Recipes.everything(request, false, 100)).isEqualTo(Recipe.fromScratch());
  }

  @Test
  void trainedWeightsTakeSmallStepsAndRandomOnesLargeOnes() {
    TrainRequest silent = request(SILENT, Mode.FINETUNE);
    TrainRequest sgd = request(tuned(null, "sgd"), Mode.FINETUNE);

    assertThat(Recipes.everything(silent, true, 100)).isEqualTo(Recipe.fineTuning());
    assertThat(Recipes.everything(silent, true, 100).bodyRate()).isEqualTo(5e-5);
    assertThat(Recipes.everything(silent, true, 100).headRate()).isEqualTo(5e-4);
    assertThat(Recipes.everything(sgd, true, 100).bodyRate()).isEqualTo(1e-3);
    assertThat(Recipes.everything(sgd, true, 100).headRate()).isEqualTo(1e-3);
    assertThat(Recipes.everything(sgd, false, 100).bodyRate()).isEqualTo(1e-2);
    assertThat(Recipes.everything(sgd, false, 100).headRate()).isEqualTo(1e-2);
  }

  @Test
  void theUsersRateIsTheHeadsInFeatureExtractionAndTheBodysInFineTuning() {
    Training user = SmallRequest.training(null, 0.01);

    assertThat(Recipes.head(request(user, Mode.FEATURE_EXTRACTION)).headRate()).isEqualTo(0.01);
    TrainRequest fine = request(user, Mode.FINETUNE);
    assertThat(Recipes.head(fine).headRate()).isEqualTo(Recipe.featureExtraction().headRate());
    assertThat(Recipes.everything(fine, true, 100).bodyRate()).isEqualTo(0.01);
    assertThat(Recipes.everything(fine, true, 100).headRate()).isEqualTo(0.1);
    assertThat(Recipes.everything(fine, false, 100).headRate()).isEqualTo(0.01);
  }

  @Test
  void theUsersSettingsAreThoseOfFineTuningWhereSomethingIsFineTuned() {
    Training user = new Training(3, 5, 0.25, 7);
    Recipe alone = Recipes.head(request(user, Mode.FEATURE_EXTRACTION));
    TrainRequest both = request(user, Mode.FEATURE_EXTRACTION, Mode.FINETUNE);

    for (Recipe recipe : List.of(alone, Recipes.everything(both, true, 100))) {
      assertThat(recipe.epochs()).isEqualTo(3);
      assertThat(recipe.batchSize()).isEqualTo(5);
      assertThat(recipe.patience()).isEqualTo(7);
    }
    assertThat(Recipes.everything(both, true, 100).bodyRate()).isEqualTo(0.25);
    assertThat(Recipes.head(both)).isEqualTo(Recipe.featureExtraction());
    assertThat(Recipes.head(request(user, Mode.FINETUNE))).isEqualTo(Recipe.featureExtraction());
  }

  @Test
  void statisticsTrainOnlyWhereThereAreImagesToLearnThemFrom() {
    TrainRequest request = request(SILENT, Mode.FINETUNE);

    assertThat(Recipes.everything(request, true, 4999).batchNorm())
        .isEqualTo(Recipe.BatchNorm.FROZEN);
    assertThat(Recipes.everything(request, true, 5000).batchNorm())
        .isEqualTo(Recipe.BatchNorm.BATCH);
  }

  @Test
  void whatTheUserSaysWinsOverThePreset() {
    Tuning tuning =
        new Tuning(
            "best",
            "sgd",
            0.8,
            true,
            0.5,
            0.25,
            0.75,
            2.0,
            3,
            0.5,
            0.4,
            0.2,
            "step",
            "features.3",
            true,
            "train",
            7.0,
            null);
    Training user = new Training(3, 5, 0.125, 7, null, false, tuning);

    assertThat(Recipes.everything(request(user, Mode.FINETUNE), true, 100))
        .isEqualTo(
            new Recipe(
                5,
                3,
                new Optimizer(Optimizer.Kind.SGD, 0.125, 0.25, 0.75, 0.5, 0.8, true, 2),
                Schedule.STEP,
                new Regularisation(0.2, 0.5, 0.4),
                new Freezing("features.3", true, Recipe.BatchNorm.BATCH),
                new Stopping(3, 7, 7)));
  }

  @Test
  void presetsSetEpochs() {
    assertThat(preset("quick").epochs()).isEqualTo(3);
    assertThat(preset("balanced")).isEqualTo(preset(null));
    assertThat(preset("best").epochs()).isEqualTo(30);
    assertThat(preset("best").regularisation().averaging()).isEqualTo(0.99);
  }

  private static Recipe preset(@Nullable String word) {
    return Recipes.everything(request(tuned(word, null), Mode.FINETUNE), true, 100);
  }

  private static Training tuned(@Nullable String preset, @Nullable String optimizer) {
    Tuning tuning =
        new Tuning(
            preset, optimizer, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null);
    return new Training(null, null, null, null, null, false, tuning);
  }

  private static TrainRequest request(Training training, Mode... modes) {
    return SmallRequest.with(Path.of("folder"), 42, training, modes);
  }
}
