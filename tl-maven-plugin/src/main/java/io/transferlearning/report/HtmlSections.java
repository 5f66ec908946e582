package io.transferlearning.report;

import io.transferlearning.evaluation.ClassMetrics;
import io.transferlearning.evaluation.ConfusionMatrix;
import io.transferlearning.evaluation.ConfusionMatrix.Confusion;
import io.transferlearning.evaluation.Prediction;
import io.transferlearning.evaluation.Verdict;
import io.transferlearning.report.ReportData.Check;
import io.transferlearning.report.ReportData.Fact;
import java.util.List;

/** The sections of the HTML page that are text; each leaves itself out when it has none. */
final class HtmlSections {
  private static final int MOST_PAIRS = 10;
  private static final int MOST_MISTAKES = 25;

  private final HtmlPage page;
  private final ReportData data;

  HtmlSections(HtmlPage page, ReportData data) {
    this.page = page;
    this.data = data;
  }

  void verdict() {
    String kind = data.verdicts().isEmpty() ? "none" : data.passed() ? "passed" : "failed";
    page.banner(kind, Headline.of(data));
  }

  void numbers() {
    page.cards(Headline.numbers(data.metrics()));
  }

  void rules() {
    if (data.verdicts().isEmpty()) {
      return;
    }
    page.heading("Rules");
    page.table("", "Rule", "Measured");
    for (Verdict verdict : data.verdicts()) {
      page.verdictRow(
          verdict.passed(),
          verdict.passed() ? "passed" : "failed",
          verdict.rule(),
          verdict.message());
    }
    page.endTable();
  }

  void facts() {
    if (data.facts().isEmpty()) {
      return;
    }
    page.heading("Run");
    page.table("Name", "Value");
    for (Fact fact : data.facts()) {
      page.row(fact.name(), fact.value());
    }
    page.endTable();
  }

  void checks() {
    if (data.checks().isEmpty()) {
      return;
    }
    page.heading("Images");
    page.note(
        "What the audit found before training. Files are named from the dataset's folder on.");
    page.table("Found", "Where");
    for (Check check : data.checks()) {
      int more = check.count() - check.examples().size();
      page.row(
          check.summary(),
          String.join("; ", check.examples()) + (more > 0 ? "; and " + more + " more" : ""));
    }
    page.endTable();
  }

  void classes() {
    page.heading("Classes");
    page.table("Class", "Images", "Predicted", "Precision", "Recall", "95 % interval", "F1");
    for (ClassMetrics one : data.metrics().perClass()) {
      page.row(
          one.name(),
          Integer.toString(one.support()),
          Integer.toString(one.predicted()),
          Text.percent(one.precision()),
          Text.percent(one.recall()),
          Text.percent(one.recallInterval()),
          Text.percent(one.f1()));
    }
    page.endTable();
  }

  void pairs() {
    ConfusionMatrix confusion = data.metrics().confusion();
    List<Confusion> pairs = confusion.mostConfused(MOST_PAIRS);
    if (pairs.isEmpty()) {
      return;
    }
    page.heading("Most confused pairs");
    page.table("True class", "Taken for", "Images", "Share of the class");
    for (Confusion pair : pairs) {
      int support = confusion.support(pair.actual());
      page.row(
          confusion.classes().get(pair.actual()),
          confusion.classes().get(pair.predicted()),
          pair.count() + " of " + support,
          Text.percent((double) pair.count() / support));
    }
    page.endTable();
  }

  void mistakes() {
    List<Prediction> mistakes = data.predictions().worstMistakes(MOST_MISTAKES);
    if (mistakes.isEmpty()) {
      return;
    }
    page.heading("Worst mistakes");
    page.note("Wrong and sure of it: look at these first, some may be wrongly labelled.");
    page.table("Image", "True class", "Predicted", "Confidence", "True class got");
    List<String> classes = data.predictions().classes();
    for (Prediction image : mistakes) {
      page.row(
          image.image(),
          classes.get(image.label()),
          classes.get(image.predicted()),
          Text.percent(image.confidence()),
          Text.percent(image.probabilities().get(image.label())));
    }
    page.endTable();
  }
}
