package io.transferlearning.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.ForeignDigits;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Prediction;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Verdict;
import io.transferlearning.report.ReportData.Check;
import io.transferlearning.report.ReportData.Fact;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PagesTest {
  private static final String HOSTILE = "<script>alert('x')</script> & \"y\" | *z*";

  private static ReportData hostile() {
    Predictions predictions =
        new Predictions(
            List.of(HOSTILE, "b"), List.of(Prediction.of(HOSTILE, 0, new float[] {0.25f, 0.75f})));
    return new ReportData(
        HOSTILE,
        List.of(new Verdict(HOSTILE, false, HOSTILE)),
        List.of(new Fact(HOSTILE, HOSTILE)),
        List.of(new Check("warn", HOSTILE, 1, List.of(HOSTILE))),
        Metrics.of(predictions),
        predictions,
        null,
        null);
  }

  @Test
  void thePageBeginsWithTheVerdictAndNeedsNothingElse(@TempDir Path folder) throws Exception {
    HtmlReport.write(folder, Samples.report());
    assertThat(folder.resolve("index.html"))
        .content()
        .containsSubsequence(
            "<h1>resnet18, fine-tuned</h1>\n<div class=\"banner failed\">Failed 1 of 2 rules:"
                + " accuracy 96.3 % on 240 images (95 % interval 93.0 to 98.0 %)</div>",
            "<h2>Rules</h2>",
            "<h2>Run</h2>",
            "<td>Seed</td><td>42</td>",
            "<h2>Training</h2>",
            "src=\"data:image/png;base64,",
            "<h2>Confusion matrix</h2>",
            "src=\"data:image/png;base64,",
            "<h2>Classes</h2>",
            "<h2>Most confused pairs</h2>",
            "<h2>Worst mistakes</h2>",
            "<td>glacier/20004.jpg</td><td>glacier</td><td>forest</td>")
        .doesNotContain("http://", "https://", "<link", "<script");
  }

  @Test
  void theSameDataIsTheSamePage() throws Exception {
    assertThat(HtmlReport.text(Samples.report())).isEqualTo(HtmlReport.text(Samples.report()));
  }

  @Test
  void whateverANameHoldsIsTextInThePage() throws Exception {
    assertThat(HtmlReport.text(hostile()))
        .doesNotContain("<script>")
        .contains(
            "<title>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot; | *z*");
  }

  @Test
  void whateverANameHoldsIsTextInTheSummary() {
    assertThat(MarkdownSummary.text(hostile()))
        .startsWith("# &lt;script>alert('x')&lt;/script> &amp; \"y\" \\| \\*z\\*\n")
        .doesNotContain("<script>");
  }

  @Test
  void theSummaryHasTheVerdictTheRulesAndTheClasses(@TempDir Path folder) throws Exception {
    MarkdownSummary.write(folder.resolve("summary.md"), Samples.report());
    assertThat(folder.resolve("summary.md"))
        .content()
        .startsWith(
            """
            # resnet18, fine-tuned

            **Failed 1 of 2 rules: accuracy 96.3 % on 240 images (95 % interval 93.0 to 98.0 %)**

            - passed: rule accuracy 0.962 >= 0.800 (n=240, 95% CI .930-.980)
            - **failed:** rule class=glacier recall 0.975 &lt; 0.980 (n=40, 95% CI .871-.996)

            | Measure | Value |
            |---|---|
            | Accuracy | 96.3 % |
            """)
        .contains("| mountain | 40 | 100.0 % | 90.0 % | 76.9 to 96.0 % | 94.7 % |")
        .endsWith("- Seed: 42\n");
  }

  @Test
  void eachRuleIsATestAndAWeakClassARedOne() throws Exception {
    Document xml = parsed(JUnitXml.text("transfer.resnet18", Samples.report().verdicts()));
    Element suite = xml.getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element failed = (Element) xml.getElementsByTagName("testcase").item(1);
    assertThat(failed.getAttribute("name")).isEqualTo("class=glacier recall >= 0.98");
    assertThat(((Element) failed.getElementsByTagName("failure").item(0)).getAttribute("message"))
        .isEqualTo("rule class=glacier recall 0.975 < 0.980 (n=40, 95% CI .871-.996)");
  }

  @Test
  void numbersInXmlAreThoseOfNoCountry() {
    List<Verdict> verdicts = Samples.report().verdicts();

    assertThat(ForeignDigits.with(() -> JUnitXml.text("transfer.resnet18", verdicts)))
        .isEqualTo(JUnitXml.text("transfer.resnet18", verdicts));
  }

  @Test
  void charactersThatXmlForbidsDoNotBreakIt() throws Exception {
    Document xml = parsed(JUnitXml.text("s", List.of(new Verdict("a\u0001<b", true, "\uD800"))));
    assertThat(((Element) xml.getElementsByTagName("testcase").item(0)).getAttribute("name"))
        .isEqualTo("a\uFFFD<b");
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
