package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureExtractionTest {
  private static final Recipe FEW_EPOCHS =
      Recipe.featureExtraction().withEpochs(2).withBatchSize(5);

  private final Path folder;

  FeatureExtractionTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void onlyTheHeadChanges() throws IOException {
    Map<String, Tensor> start = SmallTask.random(SmallTask.RESNET, 1);
    TrainingTask task = SmallTask.of(folder, SmallTask.RESNET, 1);

    Trained trained = new FeatureExtraction(task, FEW_EPOCHS).train(start);

    assertThat(SmallTask.changed(start, trained.tensors())).containsExactly("fc.weight", "fc.bias");
    assertThat(trained.tensors().keySet()).containsExactlyElementsOf(start.keySet());
  }

  @Test
  void stripesAreLearned() throws IOException {
    TrainingTask task = SmallTask.of(folder, SmallTask.SQUEEZENET, 1);
    Recipe recipe = Recipe.featureExtraction().withEpochs(30);

    Trained trained =
        new FeatureExtraction(task, recipe).train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1));

    assertThat(best(trained).validationAccuracy()).isEqualTo(1);
  }

  @Test
  void aBatchLargerThanTheSetIsTheSet() throws IOException {
    TrainingTask task = SmallTask.of(folder, SmallTask.SQUEEZENET, 1);
    Map<String, Tensor> start = SmallTask.pretrained(SmallTask.SQUEEZENET, 1);

    Trained all = new FeatureExtraction(task, FEW_EPOCHS.withBatchSize(12)).train(start);
    task.processor().seed(1);
    Trained more =
        new FeatureExtraction(task, FEW_EPOCHS.withBatchSize(Integer.MAX_VALUE)).train(start);

    assertThat(task.dataset().train()).hasSize(12);
    assertThat(SmallTask.changed(all.tensors(), more.tensors())).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    assertThat(train("one", 1)).isEqualTo(train("two", 1));
  }

  @Test
  void anotherSeedGivesOtherBytes() throws IOException {
    assertThat(SmallTask.changed(train("one", 1), train("two", 2)))
        .containsExactly("classifier.1.weight", "classifier.1.bias");
  }

  @Test
  void noFileIsLeft() throws IOException {
    train("one", 1);

    assertThat(folder.resolve("one/work")).isEmptyDirectory();
  }

  @Test
  void theListenerHearsOfEveryImage() throws IOException {
    int[] heard = new int[2];
    TrainingTask quiet = SmallTask.of(folder, SmallTask.SQUEEZENET, 1);
    Listener listener =
        new Listener() {
          @Override
          public void features(int done, int all) {
            heard[0] = done;
            heard[1] = all;
          }
        };
    TrainingTask task = SmallTask.heard(quiet, listener);

    new FeatureExtraction(task, FEW_EPOCHS).train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1));

    assertThat(heard).containsExactly(18, 18);
  }

  private Map<String, Tensor> train(String name, int seed) throws IOException {
    TrainingTask task = SmallTask.of(folder.resolve(name), SmallTask.SQUEEZENET, seed);
    return new FeatureExtraction(task, FEW_EPOCHS)
        .train(SmallTask.pretrained(SmallTask.SQUEEZENET, seed))
        .tensors();
  }

  private static Epoch best(Trained trained) {
    return trained.history().epochs().get(trained.history().bestEpoch() - 1);
  }
}
