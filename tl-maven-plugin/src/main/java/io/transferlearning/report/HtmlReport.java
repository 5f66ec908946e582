package io.transferlearning.report;

import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code index.html}: one page that needs no other file and no network, from the verdict at the top
 * down to single images. The same data gives the same bytes.
 */
public final class HtmlReport {
  /** The page's name. */
  public static final String PAGE = "index.html";

  private HtmlReport() {}

  /**
   * Writes {@code index.html} into a folder.
   *
   * @throws io.transferlearning.problem.Problem when this Java has no fonts to draw plots with
   */
  public static void write(Path folder, ReportData data) throws IOException {
    WholeFile.write(folder.resolve(PAGE), text(data));
  }

  static String text(ReportData data) throws IOException {
    HtmlPage page = new HtmlPage(data.title());
    HtmlSections sections = new HtmlSections(page, data);
    sections.verdict();
    sections.numbers();
    sections.rules();
    sections.facts();
    sections.checks();
    History history = data.history();
    if (history != null && !history.epochs().isEmpty()) {
      page.heading("Training");
      page.picture("Accuracy and loss over the epochs", TrainingPlot.png(data.title(), history));
    }
    Path augmentation = data.augmentation();
    if (augmentation != null) {
      page.heading("Augmentation");
      page.picture(
          "An image of each class as evaluation and as the first epochs of training saw it",
          Files.readAllBytes(augmentation));
    }
    page.heading("Confusion matrix");
    page.picture(
        "Counts of true and predicted classes",
        ConfusionPlot.png("Test images", data.metrics().confusion()));
    sections.classes();
    sections.pairs();
    sections.mistakes();
    return page.finish();
  }
}
