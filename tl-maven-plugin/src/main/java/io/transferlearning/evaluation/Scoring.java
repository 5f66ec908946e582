package io.transferlearning.evaluation;

import ai.djl.ndarray.NDArray;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.loader.LoaderSpec;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.engine.TorchModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Asks a finished model about images, in the order of their list. */
public final class Scoring {
  /** A few: activations in single precision are what takes the most memory of a training. */
  private static final int BATCH = 8;

  private Scoring() {}

  /**
   * What the model says about each image.
   *
   * @param model has the method {@code classify}, from pixels to probabilities
   * @param classes names of the model's outputs
   * @param threads that decode images
   */
  public static Predictions of(
      TorchModule model,
      Preprocessing preprocessing,
      List<String> classes,
      List<LabeledImage> images,
      int threads) {
    List<Prediction> predictions = new ArrayList<>(images.size());
    EvaluationTransform transform = new EvaluationTransform(preprocessing);
    LoaderSpec spec = LoaderSpec.evaluation(BATCH, threads);
    try (BatchLoader loader = new BatchLoader(images, transform, ImageCache.none(), spec)) {
      for (Iterator<Batch> batches = loader.epoch(0); batches.hasNext(); ) {
        Batch batch = batches.next();
        float[] probabilities = classify(model, batch, transform.size());
        for (int i = 0; i < batch.size(); i++) {
          LabeledImage image = images.get(batch.indices()[i]);
          float[] own =
              Arrays.copyOfRange(probabilities, i * classes.size(), (i + 1) * classes.size());
          predictions.add(Prediction.of(image.name(), image.label(), own));
        }
      }
    }
    return new Predictions(classes, predictions);
  }

  private static float[] classify(TorchModule model, Batch batch, int size) {
    try (TorchModule.Scope scope = model.scope()) {
      NDArray pixels = scope.bytes(batch.pixels(), batch.size(), size, size, 3);
      return model.call("classify", pixels).singletonOrThrow().toFloatArray();
    }
  }
}
