package io.transferlearning.report;

import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Verdict;
import io.transferlearning.report.ReportData.Fact;
import java.util.ArrayList;
import java.util.List;

/** What a hurried reader should see first. */
final class Headline {
  private Headline() {}

  /** The verdict and the accuracy in one sentence. */
  static String of(ReportData data) {
    Metrics metrics = data.metrics();
    String measured =
        metrics.images() == 0
            ? "no images were scored"
            : "accuracy "
                + Text.percent(metrics.accuracy())
                + " on "
                + metrics.images()
                + (metrics.images() == 1 ? " image" : " images")
                + " (95 % interval "
                + Text.percent(metrics.accuracyInterval())
                + ")";
    return verdict(data.verdicts()) + ": " + measured;
  }

  /** One or two words, or the count of rules that failed. */
  static String verdict(List<Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return "No rules";
    }
    long failed = verdicts.stream().filter(verdict -> !verdict.passed()).count();
    return failed == 0 ? "Passed" : "Failed " + failed + " of " + verdicts.size() + " rules";
  }

  /** The measures of the whole set; those that are undefined are left out. */
  static List<Fact> numbers(Metrics metrics) {
    List<Fact> numbers = new ArrayList<>();
    add(numbers, "Accuracy", metrics.accuracy(), Text.percent(metrics.accuracy()));
    add(numbers, "Top-5 accuracy", metrics.top5Accuracy(), Text.percent(metrics.top5Accuracy()));
    add(
        numbers,
        "Balanced accuracy",
        metrics.balancedAccuracy(),
        Text.percent(metrics.balancedAccuracy()));
    add(numbers, "Macro F1", metrics.macroF1(), Text.percent(metrics.macroF1()));
    add(numbers, "Cohen's kappa", metrics.kappa(), Text.number(metrics.kappa()));
    add(numbers, "Log loss", metrics.logLoss(), Text.number(metrics.logLoss()));
    add(
        numbers,
        "Calibration error",
        metrics.calibrationError(),
        Text.percent(metrics.calibrationError()));
    return numbers;
  }

  private static void add(List<Fact> numbers, String name, double value, String text) {
    if (Double.isFinite(value)) {
      numbers.add(new Fact(name, text));
    }
  }
}
