package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results are there whole or not at all. */
class StagingTest {
  private final Path output;

  StagingTest(@TempDir Path output) {
    this.output = output;
  }

  @Test
  void nothingIsThereBeforeItIsPublished() throws IOException {
    Staging staging = Staging.begin(output);
    Files.writeString(staging.resolve("plot.png"), "new");

    assertThat(output.resolve("plot.png")).doesNotExist();
    staging.publish(List.of("plot.png"));
    assertThat(output.resolve("plot.png")).hasContent("new");
    assertThat(output).isDirectoryNotContaining("glob:**/.unfinished");
  }

  @Test
  void aFolderIsReplacedWithAllThatWasInIt() throws IOException {
    Files.createDirectories(output.resolve("run/model"));
    Files.writeString(output.resolve("run/model/old.pt"), "old");
    Staging staging = Staging.begin(output);
    Files.createDirectories(staging.resolve("run/model"));
    Files.writeString(staging.resolve("run/model/new.pt"), "new");

    staging.publish(List.of("run"));

    assertThat(output.resolve("run/model/new.pt")).hasContent("new");
    assertThat(output.resolve("run/model/old.pt")).doesNotExist();
  }

  @Test
  void whatAnEarlierTrainingDidNotFinishIsRemovedAndResultsStay() throws IOException {
    Files.writeString(output.resolve("plot.png"), "result");
    Files.writeString(Staging.begin(output).resolve("half.pt"), "half");

    Staging again = Staging.begin(output);

    assertThat(again.resolve("half.pt")).doesNotExist();
    Staging.discard(output);
    assertThat(output.resolve("plot.png")).hasContent("result");
    assertThat(again.folder()).doesNotExist();
  }
}
