package io.transferlearning.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.transferlearning.artifact.ModelDescription;
import io.transferlearning.artifact.ModelFolder;
import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.MetricsFile;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Scoring;
import io.transferlearning.network.Networks;
import io.transferlearning.report.ReportData.Check;
import io.transferlearning.report.TrainingPlot;
import io.transferlearning.training.Trained;
import io.transferlearning.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What training in one mode gave, as files: the model, its history, and what it says about the test
 * images.
 */
final class Run {
  /** The folder of the model's files in a run's folder. */
  static final String MODEL = "model";

  /** The history of the epochs in a run's folder. */
  static final String HISTORY = "history.csv";

  /** The fact of a model's provenance that is its network. */
  static final String FACT_MODEL = "model";

  /** The fact of a model's provenance that is its mode. */
  static final String FACT_MODE = "mode";

  private static final String PREDICTIONS = "predictions.csv";
  private static final String METRICS = "metrics.json";
  private static final String CONFIGURATION = "config.json";

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final TrainRequest request;
  private final Mode mode;
  private final History history;
  private final Predictions predictions;
  private final Map<String, String> provenance;

  private Run(
      TrainRequest request,
      Mode mode,
      History history,
      Predictions predictions,
      Map<String, String> provenance) {
    this.request = request;
    this.mode = mode;
    this.history = history;
    this.predictions = predictions;
    this.provenance = provenance;
  }

  /**
   * Writes the model, loads it again as any user would, and measures that on the test images.
   *
   * @param testSplit which these are, where they were drawn
   */
  static Run finish(
      TrainRequest request,
      Mode mode,
      TrainingTask task,
      Trained trained,
      Optional<String> testSplit,
      Staging staging,
      Progress progress)
      throws IOException {
    Path folder = staging.resolve(name(request, mode));
    Map<String, String> provenance = provenance(request, mode, task.dataset(), trained.history());
    testSplit.ifPresent(split -> provenance.put(TestSplit.FACT, split));
    ModelDescription description =
        new ModelDescription(
            ModelDescription.SCHEMA,
            request.model(),
            task.dataset().classes(),
            task.preprocessing(),
            provenance);
    ModelFolder.write(folder.resolve(MODEL), task.network(), trained.tensors(), description);
    Predictions predictions = score(task, folder.resolve(MODEL), description);
    Run run = new Run(request, mode, trained.history(), predictions, provenance);
    run.write(folder);
    if (mode == Mode.FINETUNE) {
      new AugmentationPicture(
              task.dataset(), task.preprocessing(), task.augmentation(), task.seed())
          .write(folder.resolve(AugmentationPicture.FILE));
    }
    progress.info(run.line());
    return run;
  }

  private static Predictions score(TrainingTask task, Path model, ModelDescription description) {
    Path archive = model.resolve(description.architecture() + ".pt");
    List<LabeledImage> images = task.dataset().test();
    try (TorchModule module = task.processor().load(archive)) {
      return Scoring.of(
          module, description.preprocessing(), description.classes(), images, task.threads());
    }
  }

  private static Map<String, String> provenance(
      TrainRequest request, Mode mode, Dataset dataset, History history) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(FACT_MODEL, request.model());
    facts.put(FACT_MODE, mode.text());
    facts.put("weights", request.weights().source());
    if (request.weights().sha256() != null) {
      facts.put("weights sha256", request.weights().sha256());
    }
    request.weights().terms(request.model()).ifPresent(terms -> facts.put("weights terms", terms));
    facts.put("seed", Integer.toString(request.seed()));
    facts.put("image size", Integer.toString(request.imageSize()));
    facts.put("training images", Integer.toString(dataset.train().size()));
    facts.put("validation images", Integer.toString(dataset.validation().size()));
    if (request.dataset().maxImagesPerClass() > 0) {
      facts.put(
          "images a class at most, for a trial",
          Integer.toString(request.dataset().maxImagesPerClass()));
    }
    facts.put(history.pass().text() + "s", Integer.toString(history.epochs().size()));
    facts.put("best " + history.pass().text(), Integer.toString(history.bestEpoch()));
    facts.put("tl-maven-plugin", request.version());
    return facts;
  }

  /** What a run leaves in the folder of results, its plot included. */
  static List<Path> files(TrainRequest request, Mode mode) {
    Path folder = request.output().resolve(name(request, mode));
    return Stream.of(
            Stream.of(HISTORY, PREDICTIONS, METRICS, CONFIGURATION).map(folder::resolve),
            ModelFolder.files(request.model()).stream().map(folder.resolve(MODEL)::resolve),
            Stream.of(request.output().resolve(mode.plotName(Networks.family(request.model())))),
            Stream.of(folder.resolve(AugmentationPicture.FILE))
                .filter(file -> mode == Mode.FINETUNE))
        .flatMap(files -> files)
        .toList();
  }

  private void write(Path folder) throws IOException {
    history.writeCsv(folder.resolve(HISTORY));
    predictions.writeCsv(folder.resolve(PREDICTIONS));
    MetricsFile.write(folder.resolve(METRICS), metrics());
    Files.writeString(folder.resolve(CONFIGURATION), JSON.toJson(provenance) + "\n");
  }

  private String line() {
    Metrics metrics = metrics();
    return String.format(
        Locale.ROOT,
        "%s: best %s %d, validation accuracy %.1f %%, test accuracy %.1f %% (n=%d, 95%% CI %.1f-%.1f)",
        name(),
        history.pass().text(),
        history.bestEpoch(),
        100 * validationAccuracy(),
        100 * metrics.accuracy(),
        metrics.images(),
        100 * metrics.accuracyInterval().low(),
        100 * metrics.accuracyInterval().high());
  }

  /** Such as {@code resnet18-finetune}. */
  String name() {
    return name(request, mode);
  }

  private static String name(TrainRequest request, Mode mode) {
    return request.model() + "-" + mode.text();
  }

  double validationAccuracy() {
    return best().validationAccuracy();
  }

  double validationLoss() {
    return best().validationLoss();
  }

  private Epoch best() {
    return history.epochs().get(history.bestEpoch() - 1);
  }

  private Metrics metrics() {
    return Metrics.of(predictions);
  }

  /** Draws training and validation; returns the plot's promised name. */
  String draw(Staging staging) throws IOException {
    String plot = mode.plotName(Networks.family(request.model()));
    TrainingPlot.write(staging.resolve(plot), request.model() + ", " + mode.text(), history);
    return plot;
  }

  /** Writes the page and the summary; returns their names. */
  List<String> report(Staging staging, List<Check> checks) throws IOException {
    ReportPages.write(staging.folder(), provenance, checks, predictions, history, List.of());
    return List.of(ReportPages.REPORT, ReportPages.SUMMARY);
  }
}
