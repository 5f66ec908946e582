package io.transferlearning.training;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.loader.LoaderSpec;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.network.Shapes;
import io.transferlearning.training.EpochLoop.Rates;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains only the head: the frozen trunk sees each image once, in evaluation mode, and the head
 * learns from what it said.
 */
public final class FeatureExtraction {
  /** Images whose features are computed in one call; bounds memory, not results. */
  private static final int TRUNK_BATCH = 32;

  private final TrainingTask task;
  private final Recipe recipe;
  private final HeadSolver solver;

  /** Training of {@code task} by {@code recipe}, with AdamW. */
  public FeatureExtraction(TrainingTask task, Recipe recipe) {
    this(task, recipe, HeadSolver.adamw());
  }

  /**
   * Training of {@code task} by {@code solver}.
   *
   * @param recipe of AdamW, which trains where {@code solver} asks for it
   */
  public FeatureExtraction(TrainingTask task, Recipe recipe, HeadSolver solver) {
    this.task = task;
    this.recipe = recipe;
    this.solver = solver;
  }

  /** Trains the head on top of {@code weights}, which are complete. */
  public Trained train(Map<String, Tensor> weights) throws IOException {
    TrainingCode code =
        new TrainingCode(
            task.network(),
            recipe,
            TrainingCode.Scope.HEAD,
            task.numerics(),
            task.balance().weights(task.dataset()));
    try (TrainableModule module =
            TrainableModule.load(
                task.processor(),
                task.workFolder(),
                task.network(),
                weights,
                task.preprocessing(),
                code);
        FeatureStore train = store("train.features", task.dataset().train());
        FeatureStore validation = store("validation.features", task.dataset().validation())) {
      int all = train.size() + validation.size();
      extract(module, task.dataset().train(), train, 0, all);
      extract(module, task.dataset().validation(), validation, train.size(), all);
      if (solver instanceof HeadSolver.Lbfgs convex && ConvexTraining.suits(task.network())) {
        return new ConvexTraining(task, convex.iterations()).train(weights, train, validation);
      }
      return new EpochLoop(recipe, task.listener()).run(new Head(module, train, validation));
    }
  }

  private FeatureStore store(String name, List<LabeledImage> images) throws IOException {
    int elements = Shapes.features(task.network(), task.preprocessing().crop()).elements();
    long[] labels = images.stream().mapToLong(LabeledImage::label).toArray();
    return new FeatureStore(task.workFolder(), name, elements, labels);
  }

  private void extract(
      TrainableModule module, List<LabeledImage> images, FeatureStore store, int before, int all)
      throws IOException {
    LoaderSpec spec = LoaderSpec.evaluation(TRUNK_BATCH, task.threads());
    EvaluationTransform transform = new EvaluationTransform(task.preprocessing());
    try (BatchLoader loader = new BatchLoader(images, transform, ImageCache.none(), spec)) {
      int done = before;
      for (Iterator<Batch> batches = loader.epoch(0); batches.hasNext(); ) {
        Batch batch = batches.next();
        store.put(batch.indices(), module.features(batch.pixels(), batch.size(), transform.size()));
        done += batch.size();
        task.listener().features(done, all);
      }
    }
  }

  /** The head's epochs over stored features. */
  private final class Head implements EpochLoop.Passes {
    private final TrainableModule module;
    private final FeatureStore train;
    private final FeatureStore validation;
    private final ByteBuffer rows;
    private final int[] labels;

    Head(TrainableModule module, FeatureStore train, FeatureStore validation) {
      this.module = module;
      this.train = train;
      this.validation = validation;
      this.rows = train.buffer(recipe.batchSize());
      this.labels = task.dataset().train().stream().mapToInt(LabeledImage::label).toArray();
    }

    @Override
    public Totals train(int epoch, Rates rates) {
      int[] order = task.balance().sampling().order(labels, task.seed(), epoch);
      Totals totals = Totals.NONE;
      for (int from = 0; from < order.length; from += recipe.batchSize()) {
        int[] images = slice(order, from);
        rates.advance();
        totals =
            totals.plus(
                module.step(
                    inputs(train, images), train.labels(images), rates.body(), rates.head()));
      }
      return totals;
    }

    @Override
    public Totals validate() {
      int[] order = IntStream.range(0, validation.size()).toArray();
      Totals totals = Totals.NONE;
      for (int from = 0; from < order.length; from += recipe.batchSize()) {
        int[] images = slice(order, from);
        totals = totals.plus(module.measure(inputs(validation, images), validation.labels(images)));
      }
      return totals;
    }

    private TrainableModule.Inputs inputs(FeatureStore store, int[] images) {
      ByteBuffer batch = store.get(images, rows);
      long[] shape = featureShape(images.length);
      return scope -> scope.floats(batch, shape);
    }

    private int[] slice(int[] order, int from) {
      return Arrays.copyOfRange(order, from, Math.min(order.length, from + recipe.batchSize()));
    }

    @Override
    public Map<String, Tensor> state() {
      return module.state();
    }

    @Override
    public int steps() {
      return (train.size() + recipe.batchSize() - 1) / recipe.batchSize();
    }
  }

  private long[] featureShape(int images) {
    Shapes.Size size = Shapes.features(task.network(), task.preprocessing().crop());
    boolean vector =
        task.network().nodes().get(task.network().trunkEnd()).op()
            instanceof io.transferlearning.network.Op.Flatten;
    return vector
        ? new long[] {images, size.channels()}
        : new long[] {images, size.channels(), size.height(), size.width()};
  }
}
