package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.loader.LoaderSpec;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvexTrainingTest {
  private static final HeadSolver LBFGS = new HeadSolver.Lbfgs(50);

  private final Path folder;

  ConvexTrainingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "squeezenet1_1", "alexnet", "vgg11_bn", "densenet121"})
  void theHeadsOfAllFamiliesSuit(String name) {
    assertThat(ConvexTraining.suits(Networks.of(name, 3))).isTrue();
  }

  @Test
  void onlyTheHeadChanges() throws IOException {
    Map<String, Tensor> start = SmallTask.random(SmallTask.RESNET, 1);

    Trained trained = train(SmallTask.RESNET, start);

    assertThat(SmallTask.changed(start, trained.tensors())).containsExactly("fc.weight", "fc.bias");
    assertThat(trained.tensors().keySet()).containsExactlyElementsOf(start.keySet());
    assertThat(trained.history().pass()).isEqualTo(History.Pass.ITERATION);
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  @Test
  void stripesAreLearned() throws IOException {
    Trained trained = train(SmallTask.SQUEEZENET, SmallTask.pretrained(SmallTask.SQUEEZENET, 1));

    assertThat(best(trained).validationAccuracy()).isEqualTo(1);
  }

  @Test
  void aLinearHeadDoesInTheNetworkWhatTheHistorySays() throws IOException {
    Trained trained = train(SmallTask.RESNET, SmallTask.random(SmallTask.RESNET, 1));

    agrees(SmallTask.RESNET, trained);
  }

  @Test
  void squeezeNetsHeadDoesInTheNetworkWhatTheHistorySays() throws IOException {
    Trained trained = train(SmallTask.SQUEEZENET, SmallTask.pretrained(SmallTask.SQUEEZENET, 1));

    agrees(SmallTask.SQUEEZENET, trained);
  }

  /** Neither a seed nor the weights that the head had before matter: there is one optimum. */
  @Test
  void theSameHeadComesOfAnyStart() throws IOException {
    Map<String, Tensor> one =
        train(SmallTask.SQUEEZENET, SmallTask.pretrained(SmallTask.SQUEEZENET, 1)).tensors();
    Map<String, Tensor> two =
        train(SmallTask.SQUEEZENET, SmallTask.pretrained(SmallTask.SQUEEZENET, 2)).tensors();

    assertThat(one).isEqualTo(two);
  }

  private Trained train(Network network, Map<String, Tensor> start) throws IOException {
    TrainingTask task = SmallTask.of(folder, network, 1);
    return new FeatureExtraction(
            task, Recipe.featureExtraction(), LBFGS, FeatureCacheSpec.NONE, false)
        .train(start);
  }

  private void agrees(Network network, Trained trained) throws IOException {
    TrainingTask task = SmallTask.of(folder, network, 1);
    assertThat(measure(task, trained, task.dataset().train()).loss())
        .isCloseTo(best(trained).trainLoss(), within(1e-4));
    Totals validation = measure(task, trained, task.dataset().validation());
    assertThat(validation.loss()).isCloseTo(best(trained).validationLoss(), within(1e-4));
    assertThat(validation.accuracy()).isEqualTo(best(trained).validationAccuracy());
  }

  /** By the whole network, from pixels. */
  private static Totals measure(TrainingTask task, Trained trained, List<LabeledImage> images)
      throws IOException {
    TrainingCode code =
        new TrainingCode(
            task.network(), Recipe.fineTuning(), TrainingCode.Scope.EVERYTHING, task.numerics());
    EvaluationTransform transform = new EvaluationTransform(task.preprocessing());
    Totals totals = Totals.NONE;
    try (TrainableModule module =
            TrainableModule.load(
                task.processor(),
                task.workFolder(),
                task.network(),
                trained.tensors(),
                task.preprocessing(),
                code);
        BatchLoader loader =
            new BatchLoader(
                images, transform, ImageCache.none(), LoaderSpec.evaluation(8, task.threads()))) {
      for (Iterator<Batch> batches = loader.epoch(0); batches.hasNext(); ) {
        Batch batch = batches.next();
        int size = transform.size();
        totals =
            totals.plus(
                module.measure(
                    scope -> scope.bytes(batch.pixels(), batch.size(), size, size, 3),
                    batch.labels()));
      }
    }
    return totals;
  }

  private static Epoch best(Trained trained) {
    return trained.history().epochs().get(trained.history().bestEpoch() - 1);
  }
}
