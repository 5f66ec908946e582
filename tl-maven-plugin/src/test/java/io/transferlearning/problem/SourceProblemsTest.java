package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/**
 * The texts that no test of the sources can bring about; the others are tested where they occur.
 */
class SourceProblemsTest {
  @Test
  void anArtifactThatMavenDoesNotFindKeepsMavensReason() {
    Problem online =
        SourceProblems.unresolved("mvn:g:a:1:zip:model", "not found in central", false);
    assertThat(online.what())
        .isEqualTo("Maven cannot resolve the weights mvn:g:a:1:zip:model: not found in central");
    assertThat(online.next()).contains("<repositories>", "settings.xml");

    Problem offline = SourceProblems.unresolved("mvn:g:a:1:zip:model", "not available", true);
    assertThat(offline.next()).contains("without --offline", "install:install-file");
  }

  @Test
  void whatCanNotBeWrittenSaysWhy() {
    assertThat(DownloadProblems.cannotStore("f", new AccessDeniedException("/cache")).what())
        .isEqualTo("The weights can not be kept at f: no right to write /cache.");
    assertThat(DownloadProblems.cannotStore("f", new FileAlreadyExistsException("/cache")).what())
        .isEqualTo("The weights can not be kept at f: /cache is there and is no folder.");
    assertThat(
            DownloadProblems.cannotStore(
                    "f", new FileSystemException("/cache", null, "Read-only file system"))
                .what())
        .isEqualTo("The weights can not be kept at f: /cache: Read-only file system.");
  }
}
