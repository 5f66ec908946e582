package io.transferlearning.pipeline;

import io.transferlearning.artifact.ModelArchive;
import io.transferlearning.data.Dataset;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.audit.DataAudit;
import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.engine.Processor;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.Shapes;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.report.Fonts;
import io.transferlearning.report.ReportData.Check;
import io.transferlearning.training.CheckpointFolder;
import io.transferlearning.training.FeatureCacheSpec;
import io.transferlearning.training.FeatureExtraction;
import io.transferlearning.training.FineTuning;
import io.transferlearning.training.OneDnn;
import io.transferlearning.training.Recipe;
import io.transferlearning.training.StartingWeights;
import io.transferlearning.training.Trained;
import io.transferlearning.training.TrainingTask;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a folder of images to a trained, measured, drawn and packaged classifier. */
public final class TrainPipeline {
  /** In the output's folder: what a training that was cut off goes on from. */
  private static final String CHECKPOINT = ".checkpoint";

  private final TrainRequest request;
  private final Progress progress;
  private Optional<String> testSplit = Optional.empty();
  private @Nullable Trained head;

  private TrainPipeline(TrainRequest request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Trains. Results are moved to their places at the end: a training that fails changes nothing.
   *
   * @throws io.transferlearning.problem.Problem for everything a user can mend
   */
  public static void run(TrainRequest request, Progress progress) throws IOException {
    new TrainPipeline(request, progress).run();
  }

  private void run() throws IOException {
    Fonts.require();
    progress.phase("reading the dataset");
    DataAudit audit = readDataset();
    progress.phase("starting libtorch");
    Processor processor = startProcessor();
    int threads = request.processor().threads();
    Turn turn = Turn.take(request.cache(), processor.name(), threads, progress);
    try {
      train(processor, audit);
    } finally {
      turn.close();
    }
  }

  private void train(Processor processor, DataAudit audit) throws IOException {
    Dataset dataset = audit.dataset();
    progress.phase("reading the weights");
    Network network = Networks.of(request.model(), dataset.classes().size());
    Optional<StateDict> published = weights();
    Map<String, Tensor> start =
        StartingWeights.of(network, request.weights().source(), published, request.seed());
    Preprocessing preprocessing = Preparation.of(request.model(), request.imageSize());
    // Fails here, before anything is computed, where the images are too small for the network.
    Shapes.of(network, preprocessing.crop(), preprocessing.crop());

    Staging staging = Staging.begin(request.output());
    List<Run> runs = new ArrayList<>();
    for (Mode mode : request.modes()) {
      TrainingTask task = task(mode, processor, network, dataset, preprocessing, staging);
      Trained trained = train(mode, task, start, published.isPresent(), staging);
      progress.phase(mode.text() + ", scoring the test images");
      runs.add(Run.finish(request, mode, task, trained, testSplit, staging, progress));
    }
    progress.phase("writing the report");
    publish(best(runs), runs, AuditFile.checks(audit, request.dataset().directory()), staging);
  }

  private DataAudit readDataset() throws IOException {
    Dataset dataset = ImageFolders.read(request.dataset());
    testSplit = TestSplit.of(request.dataset(), dataset);
    progress.info(DatasetLine.of(dataset));
    if (dataset.test().isEmpty()) {
      progress.warn(
          "there are no test images: nothing can be measured, and transfer:verify will fail");
    }
    return AuditStep.run(request, dataset, progress);
  }

  private Processor startProcessor() {
    TrainRequest.Processing wanted = request.processor();
    Processor processor = Processor.start(wanted.device(), wanted.threads(), request.seed());
    progress.info(
        "device %s, %s, %d threads, libtorch %s"
            .formatted(
                processor.name(),
                Precisions.text(numerics(processor)),
                wanted.threads(),
                processor.version()));
    return processor;
  }

  private Numerics numerics(Processor processor) {
    return Precisions.of(request.precision(), processor);
  }

  private Optional<StateDict> weights() {
    progress.info("weights " + request.weights().source());
    return request.weights().read(request.model());
  }

  private TrainingTask task(
      Mode mode,
      Processor processor,
      Network network,
      Dataset dataset,
      Preprocessing preprocessing,
      Staging staging)
      throws IOException {
    return new TrainingTask(
        processor,
        OneDnn.of(numerics(processor), processor, staging.work()),
        network,
        dataset,
        preprocessing,
        request.augmentation(),
        request.balance(),
        request.seed(),
        request.processor().threads(),
        staging.work(),
        new EpochLines(mode.text(), dataset.train().size(), progress));
  }

  /** Fine-tuning starts with a head that fits: a random one would pull good features apart. */
  private Trained train(
      Mode mode, TrainingTask task, Map<String, Tensor> start, boolean pretrained, Staging staging)
      throws IOException {
    progress.info(TrainableLine.of(task.network(), mode, request.training().tuning().freezeUpTo()));
    if (mode == Mode.FEATURE_EXTRACTION) {
      return head(task, start);
    }
    String same = same(task);
    CheckpointFolder checkpoints =
        CheckpointFolder.of(request.output().resolve(CHECKPOINT), same, task.processor().kind());
    checkpoints
        .otherMachine()
        .ifPresent(
            before ->
                progress.warn(
                    "the training was begun on %s and goes on on %s: it ends as well, but not with the same bytes"
                        .formatted(before, task.processor().kind())));
    FoundRate rate = new FoundRate(request.output(), same);
    // A training that goes on has no use for the weights that it once started from.
    boolean goesOn =
        checkpoints.present() && (!RateStep.wanted(request) || rate.read().isPresent());
    boolean first = pretrained && !goesOn;
    Map<String, Tensor> from = first ? head(task, start).tensors() : start;
    Recipe recipe = everything(task, pretrained);
    if (RateStep.wanted(request)) {
      task.processor().seed(request.seed());
      recipe = RateStep.choose(request, task, recipe, from, rate, staging, progress);
    }
    task.processor().seed(request.seed());
    return new FineTuning(task, recipe, checkpoints).train(from);
  }

  /** What a training goes on from is of the same settings, weights, images and processor. */
  private String same(TrainingTask task) throws IOException {
    String kind = task.processor().name() + " " + Precisions.text(task.numerics());
    return Inputs.of(request).fingerprint() + " " + kind;
  }

  private Recipe everything(TrainingTask task, boolean pretrained) {
    Recipe recipe = Recipes.everything(request, pretrained, task.dataset().train().size());
    progress.info("finetune: " + RecipeLine.of(recipe));
    return recipe;
  }

  private Trained head(TrainingTask task, Map<String, Tensor> start) throws IOException {
    if (head == null) {
      if (!request.modes().contains(Mode.FEATURE_EXTRACTION)) {
        progress.info("finetune: the head first, on frozen features");
      }
      // Each training starts the random numbers again: neither mode depends on whether the other
      // went before.
      task.processor().seed(request.seed());
      head =
          new FeatureExtraction(
                  task,
                  Recipes.head(request),
                  HeadSolvers.of(request),
                  featureCache(),
                  request.training().flippedViews())
              .train(start);
    }
    return head;
  }

  private FeatureCacheSpec featureCache() {
    return new FeatureCacheSpec(
        request.cache().resolve("features"), (long) request.cacheSize() << 20);
  }

  /** By validation images alone: the test images must not choose anything. */
  private static Run best(List<Run> runs) {
    return runs.stream()
        .max(
            Comparator.comparingDouble(Run::validationAccuracy)
                .thenComparing(Comparator.comparingDouble(Run::validationLoss).reversed()))
        .orElseThrow();
  }

  private void publish(Run best, List<Run> runs, List<Check> checks, Staging staging)
      throws IOException {
    List<String> names = new ArrayList<>();
    for (Run run : runs) {
      names.add(run.name());
      names.add(run.draw(staging));
    }
    if (RateStep.wanted(request)) {
      names.add(RateStep.plot(request));
    }
    names.addAll(best.report(staging, checks));
    AuditFile.write(staging.folder(), checks);
    names.add(AuditFile.NAME);
    Inputs.forget(request.output());
    // The largest file first, and the checkpoint last: a disk that runs full here loses nothing.
    ModelArchive.write(staging.resolve(best.name()).resolve(Run.MODEL), request.archive());
    staging.publish(names);
    CheckpointFolder.of(request.output().resolve(CHECKPOINT), "", "").clear();
    new FoundRate(request.output(), "").clear();
    progress.info("model   " + best.name() + " -> " + request.archive());
  }
}
