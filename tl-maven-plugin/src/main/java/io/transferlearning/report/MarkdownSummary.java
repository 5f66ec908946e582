package io.transferlearning.report;

import io.transferlearning.evaluation.ClassMetrics;
import io.transferlearning.evaluation.ConfusionMatrix;
import io.transferlearning.evaluation.ConfusionMatrix.Confusion;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Verdict;
import io.transferlearning.evaluation.WholeFile;
import io.transferlearning.report.ReportData.Fact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code summary.md}: a page of GitHub's Markdown for job summaries and merge requests. */
public final class MarkdownSummary {
  private static final int MOST_PAIRS = 5;

  private MarkdownSummary() {}

  /** Writes the page. */
  public static void write(Path file, ReportData data) throws IOException {
    WholeFile.write(file, text(data));
  }

  static String text(ReportData data) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + escape(data.title()));
    lines.add("");
    lines.add("**" + Headline.of(data) + "**");
    rules(lines, data.verdicts());
    numbers(lines, data.metrics());
    classes(lines, data.metrics().perClass());
    pairs(lines, data.metrics().confusion());
    facts(lines, data.facts());
    return String.join("\n", lines) + "\n";
  }

  private static void rules(List<String> lines, List<Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return;
    }
    lines.add("");
    for (Verdict verdict : verdicts) {
      lines.add(
          "- " + (verdict.passed() ? "passed: " : "**failed:** ") + escape(verdict.message()));
    }
  }

  private static void numbers(List<String> lines, Metrics metrics) {
    table(lines, "Measure", "Value");
    for (Fact number : Headline.numbers(metrics)) {
      row(lines, number.name(), number.value());
    }
  }

  private static void classes(List<String> lines, List<ClassMetrics> classes) {
    table(lines, "Class", "Images", "Precision", "Recall", "95 % interval of recall", "F1");
    for (ClassMetrics one : classes) {
      row(
          lines,
          one.name(),
          Integer.toString(one.support()),
          Text.percent(one.precision()),
          Text.percent(one.recall()),
          Text.percent(one.recallInterval()),
          Text.percent(one.f1()));
    }
  }

  private static void pairs(List<String> lines, ConfusionMatrix confusion) {
    List<Confusion> pairs = confusion.mostConfused(MOST_PAIRS);
    if (pairs.isEmpty()) {
      return;
    }
    table(lines, "True class", "Taken for", "Images");
    for (Confusion pair : pairs) {
      row(
          lines,
          confusion.classes().get(pair.actual()),
          confusion.classes().get(pair.predicted()),
          pair.count() + " of " + confusion.support(pair.actual()));
    }
  }

  private static void facts(List<String> lines, List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    lines.add("");
    facts.forEach(fact -> lines.add("- " + escape(fact.name()) + ": " + escape(fact.value())));
  }

  private static void table(List<String> lines, String... columns) {
    lines.add("");
    row(lines, columns);
    lines.add("|" + "---|".repeat(columns.length));
  }

  private static void row(List<String> lines, String... cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(escape(cell)).append(" |");
    }
    lines.add(row.toString());
  }

  /** Text that Markdown, and HTML in it, leave alone. */
  private static String escape(String text) {
    return text.replaceAll("[\\r\\n]+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_\\[\\]|])", "\\\\$1");
  }
}
