package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.audit.AuditListener;
import io.transferlearning.data.audit.AuditPlan;
import io.transferlearning.data.audit.DataAudit;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.report.ReportData.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private final Path root;

  AuditFileTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void filesAreNamedFromTheDatasetsFolderOnAndReadBackSo() throws IOException {
    List<Check> checks = AuditFile.checks(audit(), root.resolve("images"));
    assertThat(checks)
        .filteredOn(check -> check.summary().contains("in more than one class"))
        .flatExtracting(Check::examples)
        .containsExactly("train/sea/1.png = train/sky/2.png");

    AuditFile.write(root, checks);
    assertThat(Files.readString(root.resolve("audit.json"))).doesNotContain(root.toString());
    assertThat(AuditFile.read(root)).isEqualTo(checks);
  }

  @Test
  void whatLiesElsewhereIsNamedWhole() {
    assertThat(AuditFile.checks(audit(), root.resolve("other")).get(0).examples())
        .containsExactly(
            root.resolve("images/train/sea/1.png")
                + " = "
                + root.resolve("images/train/sky/2.png"));
  }

  @Test
  void aDamagedFileIsNone() throws IOException {
    Files.writeString(root.resolve("audit.json"), "[{");
    assertThat(AuditFile.read(root)).isEmpty();
    assertThat(AuditFile.read(root.resolve("absent"))).isEmpty();
  }

  private DataAudit audit() {
    Path sea = SyntheticImage.writeNumbered(root.resolve("images/train/sea/1.png"), 7);
    Path sky = SyntheticImage.writeNumbered(root.resolve("images/train/sky/2.png"), 7);
    Dataset dataset =
        new Dataset(
            List.of("sea", "sky"),
            List.of(new LabeledImage(sea, "sea/1.png", 0), new LabeledImage(sky, "sky/2.png", 1)),
            List.of(),
            List.of(),
            List.of());
    return DataAudit.of(dataset, new AuditPlan(Map.of(), 8, 1, null), AuditListener.NONE);
  }
}
