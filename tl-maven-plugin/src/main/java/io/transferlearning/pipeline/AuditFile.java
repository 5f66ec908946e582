package io.transferlearning.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.transferlearning.data.audit.DataAudit;
import io.transferlearning.evaluation.WholeFile;
import io.transferlearning.report.ReportData.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code audit.json}: what training found about the images, for the report that verifying writes.
 */
final class AuditFile {
  /** The file's name in the folder of results. */
  static final String NAME = "audit.json";

  /** Examples of a finding in a report; a set of a million files could have a million. */
  private static final int SHOWN = 50;

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private AuditFile() {}

  /**
   * The findings as a report shows them.
   *
   * @param root what the names of files below it are relative to: a report is read elsewhere
   */
  static List<Check> checks(DataAudit audit, Path root) {
    return audit.findings().stream()
        .map(
            finding ->
                new Check(
                    finding.action().text(),
                    finding.summary(),
                    finding.count(),
                    finding.examples().stream().limit(SHOWN).map(one -> one.text(root)).toList()))
        .toList();
  }

  static void write(Path folder, List<Check> checks) throws IOException {
    WholeFile.write(folder.resolve(NAME), JSON.toJson(checks) + "\n");
  }

  /** Empty where the model was not trained here. */
  static List<Check> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<Check> checks = JSON.fromJson(Files.readString(file), new TypeToken<List<Check>>() {});
      return checks == null ? List.of() : checks;
    } catch (JsonParseException e) {
      return List.of();
    }
  }
}
