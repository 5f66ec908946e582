package io.transferlearning.pipeline;

import io.transferlearning.artifact.ModelArchive;
import io.transferlearning.artifact.ModelDescription;
import io.transferlearning.data.Dataset;
import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.MetricsFile;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Scoring;
import io.transferlearning.evaluation.Verdict;
import io.transferlearning.gate.Gate;
import io.transferlearning.problem.ArtifactProblems;
import io.transferlearning.report.JUnitXml;
import io.transferlearning.report.ReportData.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores the packaged model, and nothing else that training left behind, on the test images. */
public final class VerifyPipeline {
  private static final String FOLDER = "verify";

  private VerifyPipeline() {}

  /** Where the measures are written. */
  public static Path metricsFile(Path output) {
    return output.resolve(FOLDER).resolve("metrics.json");
  }

  /**
   * Scores.
   *
   * @throws io.transferlearning.problem.Problem for everything a user can mend
   */
  public static void run(VerifyRequest request, Progress progress) throws IOException {
    Path folder = Files.createDirectories(request.output().resolve(FOLDER));
    Files.deleteIfExists(metricsFile(request.output()));
    progress.phase("opening the packaged model");
    ModelArchive.Opened model = ModelArchive.open(request.archive(), folder);
    progress.phase("reading the dataset");
    Dataset dataset = ImageFolders.read(request.dataset());
    ModelDescription description = model.description();
    if (!description.classes().equals(dataset.classes())) {
      throw ArtifactProblems.otherClasses(description.classes(), dataset.classes());
    }
    TestSplit.requireUnseen(description.provenance(), request.dataset(), dataset);
    progress.phase("starting libtorch");
    Predictions predictions = score(request, model, dataset, progress);
    Files.delete(model.torchScript());
    progress.phase("writing the report");
    Metrics metrics = Metrics.of(predictions);
    List<Verdict> verdicts = Gate.judge(metrics, request.rules());
    predictions.writeCsv(folder.resolve("predictions.csv"));
    JUnitXml.write(folder.resolve("TEST-model.xml"), description.architecture(), verdicts);
    Map<String, String> provenance = description.provenance();
    History history = history(request.output(), provenance);
    List<Check> checks = AuditFile.read(request.output());
    ReportPages.write(request.output(), provenance, checks, predictions, history, verdicts);
    MetricsFile.write(metricsFile(request.output()), metrics);
  }

  /** How the model was trained, where that was done here. */
  private static @Nullable History history(Path output, Map<String, String> provenance)
      throws IOException {
    String run = provenance.get(Run.FACT_MODEL) + "-" + provenance.get(Run.FACT_MODE);
    Path file = output.resolve(run).resolve(Run.HISTORY);
    return Files.exists(file) ? History.readCsv(file) : null;
  }

  private static Predictions score(
      VerifyRequest request, ModelArchive.Opened model, Dataset dataset, Progress progress)
      throws IOException {
    int threads = request.processor().threads();
    Processor processor = Processor.start(request.processor().device(), threads, 0);
    ModelDescription description = model.description();
    Turn turn = Turn.take(request.cache(), processor.name(), threads, progress);
    progress.phase("scoring the test images");
    try (TorchModule module = processor.load(model.torchScript())) {
      return Scoring.of(
          module, description.preprocessing(), description.classes(), dataset.test(), threads);
    } finally {
      turn.close();
    }
  }
}
