package io.transferlearning.report;

import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a report tells.
 *
 * @param title names the model and the run, such as {@code resnet18, fine-tuned}
 * @param verdicts what became of each rule; empty when there are none
 * @param facts how the run was done, in the order to be shown
 * @param metrics what was measured on the test images
 * @param predictions the predictions behind the metrics
 * @param history how the training went, or null where only a model was scored
 */
public record ReportData(
    String title,
    List<Verdict> verdicts,
    List<Fact> facts,
    Metrics metrics,
    Predictions predictions,
    @Nullable History history) {

  /** Something to know about a run, such as {@code seed} and {@code 42}. */
  public record Fact(String name, String value) {}

  public ReportData {
    verdicts = List.copyOf(verdicts);
    facts = List.copyOf(facts);
  }

  /** Whether every rule held. */
  boolean passed() {
    return verdicts.stream().allMatch(Verdict::passed);
  }
}
