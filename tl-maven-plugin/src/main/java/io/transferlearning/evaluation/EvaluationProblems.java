package io.transferlearning.evaluation;

import io.transferlearning.problem.Problem;
import java.nio.file.Path;

/** What can be wrong with files of results. */
final class EvaluationProblems {
  private EvaluationProblems() {}

  static Problem notPredictions(Path file, String why) {
    return new Problem(
        "'" + file + "' holds no predictions: " + why + ".",
        "restore the file, or run transfer:verify to write it again.");
  }

  static Problem notHistory(Path file, String why) {
    return new Problem(
        "'" + file + "' holds no training history: " + why + ".",
        "restore the file, or run transfer:train with -Dtransfer.force to write it again.");
  }

  static Problem notMetrics(Path file, String why, Throwable cause) {
    return new Problem(
        "'" + file + "' holds no metrics: " + why + ".",
        "restore the file, or run transfer:verify to write it again.",
        cause);
  }

  static Problem unknownSchema(Path file, String found, int known) {
    return new Problem(
        "'"
            + file
            + "' has schema "
            + found
            + "; this version of the plugin reads schema "
            + known
            + ".",
        "use the plugin's version that wrote the file, or run transfer:verify to write it again.");
  }
}
