package io.transferlearning.training;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.loader.LoaderSpec;
import io.transferlearning.data.loader.MappedImageCache;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.training.EpochLoop.Rates;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trains all parameters on augmented images. */
public final class FineTuning {
  /** The most of a disk's free room that decoded images of one split may take. */
  private static final double SHARE_OF_DISK = 0.3;

  private final TrainingTask task;
  private final Recipe recipe;
  private final @Nullable CheckpointFolder checkpoints;

  /** Training of {@code task} by {@code recipe}, without checkpoints. */
  public FineTuning(TrainingTask task, Recipe recipe) {
    this(task, recipe, null);
  }

  /**
   * Training of {@code task} by {@code recipe}, which goes on from a checkpoint where there is one.
   */
  public FineTuning(TrainingTask task, Recipe recipe, @Nullable CheckpointFolder checkpoints) {
    this.task = task;
    this.recipe = recipe;
    this.checkpoints = checkpoints;
  }

  /**
   * Trains everything.
   *
   * @param weights to start from, complete; not looked at where there is a checkpoint
   */
  public Trained train(Map<String, Tensor> weights) throws IOException {
    Optional<Checkpoint> from = checkpoint();
    Map<String, Tensor> start = from.map(known -> known.snapshot().weights()).orElse(weights);
    LoaderSpec evaluation = LoaderSpec.evaluation(recipe.batchSize(), task.threads());
    try (Replicas replicas = Replicas.of(task, recipe, start);
        ImageCache images = cache("train.images", task.dataset().train());
        ImageCache held = cache("validation.images", task.dataset().validation());
        BatchLoader train = TrainingImages.of(task, recipe, images);
        BatchLoader validation =
            new BatchLoader(
                task.dataset().validation(),
                new EvaluationTransform(task.preprocessing()),
                held,
                evaluation)) {
      int parts = from.map(known -> known.snapshot().parts()).orElse(1);
      from.ifPresent(known -> replicas.first().remember(known.snapshot().memory()));
      return new EpochLoop(recipe, task.listener(), checkpoints)
          .run(new Everything(replicas, train, validation, parts), from);
    }
  }

  /** Takes at most a share of what is free, so that no disk runs full for a cache. */
  private ImageCache cache(String name, List<LabeledImage> images) throws IOException {
    long budget = (long) (MappedImageCache.free(task.workFolder()) * SHARE_OF_DISK);
    return MappedImageCache.open(task.workFolder().resolve(name), images.size(), budget);
  }

  private Optional<Checkpoint> checkpoint() throws IOException {
    if (checkpoints == null) {
      return Optional.empty();
    }
    Optional<Checkpoint> known = checkpoints.read();
    if (known.isEmpty()) {
      checkpoints.clear();
    }
    return known;
  }

  /** Epochs over images. */
  private final class Everything implements EpochLoop.Passes {
    private final Replicas replicas;
    private final BatchLoader train;
    private final BatchLoader validation;
    private final Pass pass;

    Everything(Replicas replicas, BatchLoader train, BatchLoader validation, int parts) {
      this.replicas = replicas;
      this.train = train;
      this.validation = validation;
      train.prepare(1);
      validation.prepare(0);
      this.pass = new Pass(replicas, task, recipe, parts);
    }

    @Override
    public Totals train(int epoch, Rates rates) {
      return train(Place.startOf(epoch), rates, reached -> {});
    }

    @Override
    public Totals train(Place place, Rates rates, Consumer<Place> reached) {
      int epoch = place.epoch();
      if (recipe.freezing().gradual()) {
        replicas.unfreeze(epoch);
      }
      Totals totals = place.totals();
      int number = place.batches();
      Iterator<Batch> batches = train.epoch(epoch, number);
      while (batches.hasNext()) {
        Batch batch = batches.next();
        totals =
            totals.plus(
                pass.take(
                    batch, mixture(epoch, totals.images()), epoch, number, train.batches(), rates));
        task.listener().step(totals.images(), task.dataset().train().size());
        if (pass.stepsAfter(number++, train.batches())) {
          reached.accept(new Place(epoch, number, totals, place.seconds()));
        }
      }
      if (epoch < recipe.epochs()) {
        train.prepare(epoch + 1);
      }
      return totals;
    }

    @Override
    public Snapshot snapshot() {
      TrainableModule module = replicas.first();
      return new Snapshot(module.state(), module.memory(), pass.parts());
    }

    private Mixture mixture(int epoch, long imagesBefore) {
      // Four coordinates: neither an image's stream nor an epoch's.
      RandomStream random = RandomStream.of(task.seed(), epoch, imagesBefore, 0);
      return task.augmentation().mixing().draw(random, task.preprocessing().crop());
    }

    @Override
    public Totals validate() {
      replicas.swap();
      Totals totals = Totals.NONE;
      for (Iterator<Batch> batches = validation.epoch(0); batches.hasNext(); ) {
        totals = totals.plus(measure(batches.next()));
      }
      validation.prepare(0);
      replicas.swap();
      return totals;
    }

    private Totals measure(Batch batch) {
      return replicas.divide(
          batch.size(),
          (module, from, images) -> {
            long[] labels = Arrays.copyOfRange(batch.labels(), from, from + images);
            return module.measure(
                TrainableModule.Inputs.of(batch, from, images, task.preprocessing()), labels);
          });
    }

    @Override
    public Map<String, Tensor> state() {
      TrainableModule module = replicas.first();
      module.swap();
      Map<String, Tensor> state = module.state();
      module.swap();
      return state;
    }

    @Override
    public long waitedNanos() {
      return train.waitedNanos() + validation.waitedNanos();
    }

    @Override
    public int steps() {
      return pass.steps(train.batches());
    }
  }
}
