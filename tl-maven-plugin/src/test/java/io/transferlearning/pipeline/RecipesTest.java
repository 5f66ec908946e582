package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.pipeline.TrainRequest.Training;
import io.transferlearning.training.Recipe;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(Recipes.everything(request, false)).isEqualTo(Recipe.fromScratch());
  }

  @Test
  void networksWithoutNormalisationAreFineTunedAtHalfTheRate() {
    Recipe recipe = Recipes.everything(request(SILENT, Mode.FINETUNE), true);

    assertThat(recipe.bodyRate()).isEqualTo(5e-5);
    assertThat(recipe.headRate()).isEqualTo(5e-4);
  }

  @Test
  void theUsersRateIsTheHeadsInFeatureExtractionAndTheBodysInFineTuning() {
    Training user = SmallRequest.training(null, 0.01);

    assertThat(Recipes.head(request(user, Mode.FEATURE_EXTRACTION)).headRate()).isEqualTo(0.01);
    TrainRequest fine = request(user, Mode.FINETUNE);
    assertThat(Recipes.head(fine).headRate()).isEqualTo(Recipe.featureExtraction().headRate());
    assertThat(Recipes.everything(fine, true).bodyRate()).isEqualTo(0.01);
    assertThat(Recipes.everything(fine, true).headRate()).isEqualTo(0.1);
    assertThat(Recipes.everything(fine, false).headRate()).isEqualTo(0.01);
  }

  @Test
  void theUsersEpochsBatchAndPatienceHoldForBothModes() {
    Training user = new Training(3, 5, null, 7);
    TrainRequest request = request(user, Mode.FEATURE_EXTRACTION, Mode.FINETUNE);

    for (Recipe recipe : List.of(Recipes.head(request), Recipes.everything(request, true))) {
      assertThat(recipe.epochs()).isEqualTo(3);
      assertThat(recipe.batchSize()).isEqualTo(5);
      assertThat(recipe.patience()).isEqualTo(7);
    }
  }

  private static TrainRequest request(Training training, Mode... modes) {
    return SmallRequest.with(Path.of("folder"), 42, training, modes);
  }
}
