package io.transferlearning.report;

import io.transferlearning.evaluation.Verdict;
import io.transferlearning.evaluation.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Rules as tests, in the XML that Surefire writes and every build server reads. */
public final class JUnitXml {
  private JUnitXml() {}

  /**
   * Writes a suite with a test for each verdict.
   *
   * @param suite name of the suite and class name of the tests, such as {@code
   *     transfer.resnet18-finetune}
   */
  public static void write(Path file, String suite, List<Verdict> verdicts) throws IOException {
    WholeFile.write(file, text(suite, verdicts));
  }

  static String text(String suite, List<Verdict> verdicts) {
    long failures = verdicts.stream().filter(verdict -> !verdict.passed()).count();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        "<testsuite name=\"%s\" tests=\"%s\" failures=\"%s\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
            .formatted(Markup.escape(suite), verdicts.size(), failures));
    for (Verdict verdict : verdicts) {
      xml.append(testcase(suite, verdict));
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static String testcase(String suite, Verdict verdict) {
    String open =
        "  <testcase classname=\"%s\" name=\"%s\" time=\"0\""
            .formatted(Markup.escape(suite), Markup.escape(verdict.rule()));
    String message = Markup.escape(verdict.message());
    return verdict.passed()
        ? open + ">\n    <system-out>" + message + "</system-out>\n  </testcase>\n"
        : open + ">\n    <failure type=\"rule\" message=\"" + message + "\"/>\n  </testcase>\n";
  }
}
