package io.transferlearning.pipeline;

import io.transferlearning.data.audit.Example;
import io.transferlearning.data.audit.Finding;
import io.transferlearning.evaluation.WholeFile;
import io.transferlearning.problem.AuditProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code audit-failures.txt}: all images that an audit failed for, where a message does not name
 * them all.
 */
final class FailureList {
  /** The file's name in the folder of results. */
  static final String NAME = "audit-failures.txt";

  private FailureList() {}

  /**
   * Writes the list; one of an earlier build is deleted.
   *
   * @return the file; null where there is none, as there is no need or no room for it
   */
  static @Nullable Path write(Path folder, List<Finding> failures) {
    Path file = folder.resolve(NAME);
    try {
      Files.deleteIfExists(file);
      if (failures.stream().allMatch(failure -> failure.count() <= AuditProblems.NAMED)) {
        return null;
      }
      List<String> lines = new ArrayList<>();
      for (Finding failure : failures) {
        lines.add(failure.summary() + ":");
        failure.examples().stream().map(Example::text).forEach(lines::add);
        int more = failure.count() - failure.examples().size();
        lines.add(more > 0 ? "and " + more + " more\n" : "");
      }
      WholeFile.write(file, String.join("\n", lines));
      return file;
    } catch (IOException e) {
      // The message still says what is wrong, and names the first.
      return null;
    }
  }
}
