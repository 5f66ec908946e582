package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.data.Balance;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Sampling;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.data.transform.Mixing;
import io.transferlearning.evaluation.Epoch;
import io.transferlearning.network.Parameter;
import io.transferlearning.network.Parameter.Role;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {
  private static final Recipe ONE_EPOCH = Recipe.fineTuning().withEpochs(1).withBatchSize(4);

  private final Path folder;

  FineTuningTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void frozenNormalisationKeepsItsStatistics() throws IOException {
    Map<String, Tensor> start = SmallTask.random(SmallTask.RESNET, 1);

    Map<String, Tensor> end = resnet(start, Recipe.BatchNorm.FROZEN);

    assertThat(SmallTask.changed(start, end))
        .doesNotContainAnyElementsOf(names(Role.STATISTIC))
        .doesNotContainAnyElementsOf(names(Role.COUNTER))
        .containsAll(names(Role.WEIGHT))
        .containsAll(names(Role.NORM));
  }

  @Test
  void normalisationByTheBatchFollowsTheImages() throws IOException {
    Map<String, Tensor> start = SmallTask.random(SmallTask.RESNET, 1);

    Map<String, Tensor> end = resnet(start, Recipe.BatchNorm.BATCH);

    assertThat(SmallTask.changed(start, end))
        .containsAll(names(Role.STATISTIC))
        .containsAll(names(Role.COUNTER));
    // Twelve images in batches of four; validation does not count.
    assertThat(end.get("bn1.num_batches_tracked")).isEqualTo(Tensor.scalar(3));
  }

  /** Maps of 32 pixels end as one number a channel, which a batch of one image has alone. */
  @Test
  void aSingleImageDoesNotSpoilTheStatistics() throws IOException {
    Recipe recipe = ONE_EPOCH.withBatchSize(11).withBatchNorm(Recipe.BatchNorm.BATCH);
    TrainingTask task =
        SmallTask.seen(SmallTask.of(folder, SmallTask.RESNET, 1), Preprocessing.imagenet(32));

    Map<String, Tensor> end =
        new FineTuning(task, recipe).train(SmallTask.random(SmallTask.RESNET, 1)).tensors();

    assertThat(task.dataset().train()).hasSize(12);
    names(Role.STATISTIC)
        .forEach(
            name -> assertThat(tensor(end, name).toFloats()).as(name).doesNotContain(Float.NaN));
    assertThat(end.get("bn1.num_batches_tracked")).isEqualTo(Tensor.scalar(2));
    assertThat(end.get("layer4.1.bn2.num_batches_tracked")).isEqualTo(Tensor.scalar(1));
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  @Test
  void stripesAreLearned() throws IOException {
    TrainingTask task = SmallTask.of(folder, SmallTask.SQUEEZENET, 1);
    Map<String, Tensor> start =
        new FeatureExtraction(task, Recipe.featureExtraction().withEpochs(30))
            .train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1))
            .tensors();

    Trained trained = new FineTuning(task, ONE_EPOCH.withEpochs(8)).train(start);

    List<Epoch> epochs = trained.history().epochs();
    assertThat(epochs.get(trained.history().bestEpoch() - 1).validationAccuracy()).isEqualTo(1);
  }

  @Test
  void everyParameterIsTrained() throws IOException {
    assertThat(SmallTask.changed(SmallTask.pretrained(SmallTask.SQUEEZENET, 1), train("images", 1)))
        .containsExactlyElementsOf(SmallTask.SQUEEZENET.parameters().keySet());
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    assertThat(train("one", 1)).isEqualTo(train("two", 1));
  }

  @Test
  void everythingAtOnceIsTheSameForAnyNumberOfDecodingThreads() throws IOException {
    assertThat(strongly("one", 1)).isEqualTo(strongly("two", 3));
  }

  /** The strongest augmentation, images mixed, classes balanced. */
  private Map<String, Tensor> strongly(String name, int threads) throws IOException {
    Augmentation augmentation = Augmentation.STRONG.withMixing(new Mixing(0.2, 1));
    Balance balance = new Balance(false, Sampling.BALANCED);
    TrainingTask task =
        SmallTask.of(folder.resolve(name), SmallTask.SQUEEZENET, augmentation, balance, 1, threads);
    return new FineTuning(task, ONE_EPOCH)
        .train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1))
        .tensors();
  }

  @Test
  void anotherSeedGivesOtherBytes() throws IOException {
    assertThat(train("one", 1)).isNotEqualTo(train("two", 2));
  }

  @Test
  void whatIsFrozenKeepsItsBytes() throws IOException {
    Recipe recipe = ONE_EPOCH.withFreezing(new Freezing("layer3", false, Recipe.BatchNorm.BATCH));
    Map<String, Tensor> start = SmallTask.random(SmallTask.RESNET, 1);
    TrainingTask task = SmallTask.of(folder, SmallTask.RESNET, 1);

    Map<String, Tensor> end = new FineTuning(task, recipe).train(start).tensors();

    assertThat(SmallTask.changed(start, end))
        .isNotEmpty()
        .contains("layer4.0.bn1.running_mean", "fc.weight")
        .allMatch(name -> name.startsWith("layer4.") || name.startsWith("fc."));
  }

  @Test
  void stagesJoinOneAnEpoch() throws IOException {
    Recipe recipe = ONE_EPOCH.withFreezing(new Freezing("", true, Recipe.BatchNorm.FROZEN));

    Map<String, Tensor> start = SmallTask.pretrained(SmallTask.SQUEEZENET, 1);
    TrainingTask task = SmallTask.of(folder, SmallTask.SQUEEZENET, 1);
    Map<String, Tensor> end = new FineTuning(task, recipe).train(start).tensors();

    assertThat(SmallTask.changed(start, end))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("features.12.") || name.startsWith("classifier."));
  }

  @Test
  void accumulatedBatchesAreOneLargeOne() throws IOException {
    Map<String, Tensor> large = accumulated("large", 6, 1);
    Map<String, Tensor> parts = accumulated("parts", 3, 2);

    names(Role.WEIGHT)
        .forEach(
            name -> {
              float[] one = Objects.requireNonNull(large.get(name)).toFloats();
              float[] other = Objects.requireNonNull(parts.get(name)).toFloats();
              for (int i = 0; i < one.length; i++) {
                assertThat(other[i]).as(name).isCloseTo(one[i], within(1e-4f));
              }
            });
  }

  /** By plain gradient descent: AdamW blows rounding up where a gradient is next to nothing. */
  private Map<String, Tensor> accumulated(String name, int batch, int parts) throws IOException {
    Recipe recipe =
        ONE_EPOCH
            .withBatchSize(batch)
            .withAccumulation(parts)
            .withOptimizer(new Optimizer(Optimizer.Kind.SGD, 1e-3, 1e-3, 1, 0, 0, false, 0));
    TrainingTask task = SmallTask.of(folder.resolve(name), SmallTask.RESNET, 1);
    Map<String, Tensor> start = SmallTask.random(SmallTask.RESNET, 1);
    return new FineTuning(task, recipe).train(start).tensors();
  }

  @Test
  void noFileIsLeft() throws IOException {
    train("one", 1);

    assertThat(folder.resolve("one/work")).isEmptyDirectory();
  }

  private Map<String, Tensor> train(String name, int seed) throws IOException {
    TrainingTask task = SmallTask.of(folder.resolve(name), SmallTask.SQUEEZENET, seed);
    return new FineTuning(task, ONE_EPOCH)
        .train(SmallTask.pretrained(SmallTask.SQUEEZENET, seed))
        .tensors();
  }

  private Map<String, Tensor> resnet(Map<String, Tensor> start, Recipe.BatchNorm batchNorm)
      throws IOException {
    TrainingTask task = SmallTask.of(folder, SmallTask.RESNET, 1);
    return new FineTuning(task, ONE_EPOCH.withBatchNorm(batchNorm)).train(start).tensors();
  }

  private static List<String> names(Role role) {
    return SmallTask.RESNET.parameters().values().stream()
        .filter(parameter -> parameter.role() == role)
        .map(Parameter::name)
        .toList();
  }
}
