package io.transferlearning.pipeline;

import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Verdict;
import io.transferlearning.report.HtmlReport;
import io.transferlearning.report.MarkdownSummary;
import io.transferlearning.report.ReportData;
import io.transferlearning.report.ReportData.Check;
import io.transferlearning.report.ReportData.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages about a model: written by training, and again, with the verdicts, by verifying. */
final class ReportPages {
  /** The folder of the HTML page. */
  static final String REPORT = "report";

  /** The Markdown summary. */
  static final String SUMMARY = "summary.md";

  private ReportPages() {}

  /** The files of both in a folder. */
  static List<Path> files(Path folder) {
    return List.of(folder.resolve(REPORT).resolve(HtmlReport.PAGE), folder.resolve(SUMMARY));
  }

  /**
   * Writes both.
   *
   * @param folder where they go
   * @param provenance of the model, as in its description; names the model and the mode
   * @param checks what the audit of the images found
   * @param history null where it is not known
   */
  static void write(
      Path folder,
      Map<String, String> provenance,
      List<Check> checks,
      Predictions predictions,
      @Nullable History history,
      List<Verdict> verdicts)
      throws IOException {
    List<Fact> facts =
        provenance.entrySet().stream()
            .map(fact -> new Fact(fact.getKey(), fact.getValue()))
            .toList();
    String title = provenance.get(Run.FACT_MODEL) + ", " + provenance.get(Run.FACT_MODE);
    ReportData data =
        new ReportData(
            title,
            verdicts,
            facts,
            checks,
            Metrics.of(predictions),
            predictions,
            history,
            augmentation(folder, provenance));
    HtmlReport.write(folder.resolve(REPORT), data);
    MarkdownSummary.write(folder.resolve(SUMMARY), data);
  }

  /** The picture that training left beside the history, if it did. */
  private static @Nullable Path augmentation(Path folder, Map<String, String> provenance) {
    String run = provenance.get(Run.FACT_MODEL) + "-" + provenance.get(Run.FACT_MODE);
    Path file = folder.resolve(run).resolve(AugmentationPicture.FILE);
    return Files.exists(file) ? file : null;
  }
}
