package io.transferlearning.report;

import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a report tells.
 *
 * @param title names the model and the run, such as {@code resnet18, fine-tuned}
 * @param verdicts what became of each rule; empty when there are none
 * @param facts how the run was done, in the order to be shown
 * @param checks what an audit of the images found; empty where nothing was, or none was made
 * @param metrics what was measured on the test images
 * @param predictions the predictions behind the metrics
 * @param history how the training went, or null where only a model was scored
 * @param augmentation a PNG file that shows what augmentation made of some images, or null
 */
public record ReportData(
    String title,
    List<Verdict> verdicts,
    List<Fact> facts,
    List<Check> checks,
    Metrics metrics,
    Predictions predictions,
    @Nullable History history,
    @Nullable Path augmentation) {

  /** Something to know about a run, such as {@code seed} and {@code 42}. */
  public record Fact(String name, String value) {}

  /**
   * Something that was found about the images.
   *
   * @param action what became of it: {@code warn} or {@code fail}
   * @param summary what and how often, in a line
   * @param count how often
   * @param examples some of them, each a line
   */
  public record Check(String action, String summary, int count, List<String> examples) {
    public Check {
      examples = List.copyOf(examples);
    }
  }

  public ReportData {
    verdicts = List.copyOf(verdicts);
    facts = List.copyOf(facts);
    checks = List.copyOf(checks);
  }

  /** Whether every rule held. */
  boolean passed() {
    return verdicts.stream().allMatch(Verdict::passed);
  }
}
