package io.transferlearning.training;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.network.Shapes;
import io.transferlearning.training.EpochLoop.Rates;
import io.transferlearning.training.features.FeatureCache;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains only the head: the frozen trunk sees each image once, in evaluation mode, and the head
 * learns from what it said.
 */
public final class FeatureExtraction {
  private final TrainingTask task;
  private final Recipe recipe;
  private final HeadSolver solver;
  private final FeatureCacheSpec cache;
  private final boolean flippedViews;

  /** Training of {@code task} by {@code recipe}, with AdamW. */
  public FeatureExtraction(TrainingTask task, Recipe recipe) {
    this(task, recipe, HeadSolver.adamw(), FeatureCacheSpec.NONE, false);
  }

  /**
   * Training of {@code task} by {@code solver}.
   *
   * @param recipe of AdamW, which trains where {@code solver} asks for it
   * @param cache of the features of earlier trainings
   * @param flippedViews whether the head also learns from the mirror images of training images
   */
  public FeatureExtraction(
      TrainingTask task,
      Recipe recipe,
      HeadSolver solver,
      FeatureCacheSpec cache,
      boolean flippedViews) {
    this.task = task;
    this.recipe = recipe;
    this.solver = solver;
    this.cache = cache;
    this.flippedViews = flippedViews;
  }

  /** Trains the head on top of {@code weights}, which are complete. */
  public Trained train(Map<String, Tensor> weights) throws IOException {
    try (Loading module = new Loading(weights);
        FeatureStore train = store("train.features", views(task.dataset().train()));
        FeatureStore validation = store("validation.features", task.dataset().validation())) {
      try (FeatureCache known = cache.open(task, weights)) {
        new FrozenFeatures(task, known, module).fill(train, validation);
      }
      if (solver instanceof HeadSolver.Lbfgs convex && ConvexTraining.suits(task.network())) {
        return new ConvexTraining(task, convex.iterations()).train(weights, train, validation);
      }
      return new EpochLoop(recipe, task.listener()).run(new Head(module.get(), train, validation));
    }
  }

  /** The network, loaded when it is first needed: not at all where all features are known. */
  private final class Loading implements Supplier<TrainableModule>, AutoCloseable {
    private final Map<String, Tensor> weights;
    private @Nullable TrainableModule module;

    Loading(Map<String, Tensor> weights) {
      this.weights = weights;
    }

    @Override
    public TrainableModule get() {
      if (module == null) {
        module = load();
      }
      return module;
    }

    private TrainableModule load() {
      try {
        return TrainableModule.of(task, recipe, TrainingCode.Scope.HEAD, weights);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      if (module != null) {
        module.close();
      }
    }
  }

  private List<LabeledImage> views(List<LabeledImage> images) {
    return flippedViews ? Stream.concat(images.stream(), images.stream()).toList() : images;
  }

  private FeatureStore store(String name, List<LabeledImage> images) throws IOException {
    int elements = Shapes.features(task.network(), task.preprocessing().crop()).elements();
    long[] labels = images.stream().mapToLong(LabeledImage::label).toArray();
    return new FeatureStore(task.workFolder(), name, elements, labels);
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
      this.rows =
          train.buffer(Math.min(recipe.batchSize(), Math.max(train.size(), validation.size())));
      this.labels = views(task.dataset().train()).stream().mapToInt(LabeledImage::label).toArray();
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
      return Math.toIntExact((train.size() - 1L + recipe.batchSize()) / recipe.batchSize());
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
