package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trainer whose writes fail: by the system's limit of a file's size, which anybody may set, in
 * place of a disk of that size, which only root can make.
 */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {
  /** Room for a model of 2.9 MB, but neither for a checkpoint of 9 MB nor for a zip of 5. */
  private static final int MEBIBYTES = 4;

  private static final int BLOCKS_OF_A_MEBIBYTE = 2048;

  private final Path folder;
  private final Trainings trainings;

  FullDiskTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.trainings = new Trainings(folder);
    SmallDataset.write(trainings.images());
  }

  @Test
  void onlyTheCheckpointsAndThePackageAreMissedAndEarlierOnesStay() throws Exception {
    Files.writeString(trainings.archive(), "an earlier model");
    Path summary = Files.createDirectories(trainings.output()).resolve("summary.md");
    Files.writeString(summary, "of an earlier model");
    Heard heard = new Heard();

    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> TrainerProcess.train(limited(), trainings.fineTuning(), heard));

    assertThat(heard.lines.stream().filter(line -> line.contains("no checkpoint")))
        .hasSize(1)
        .allMatch(line -> line.contains("File too large"))
        .allMatch(line -> line.contains("make room on the disk of transfer.outputDirectory"));
    assertThat(problem.what())
        .isEqualTo("the model cannot be written to " + trainings.archive() + ": File too large");
    assertThat(problem.next()).startsWith("make room on the disk");
    assertThat(trainings.archive()).hasContent("an earlier model");
    assertThat(summary).hasContent("of an earlier model");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".partial"));
    }
    assertThat(trainings.output().resolve(".unfinished")).doesNotExist();

    TrainerProcess.train(trainings.launch(), trainings.fineTuning(), new Heard());

    assertThat(Files.size(trainings.archive())).isGreaterThan((long) MEBIBYTES << 20);
    assertThat(summary).content().doesNotContain("an earlier model");
  }

  private Launch limited() throws IOException {
    Path java = folder.resolve("limited-java");
    Files.writeString(
        java,
        "#!/bin/sh\nulimit -f %d\nexec '%s' \"$@\"\n"
            .formatted(MEBIBYTES * BLOCKS_OF_A_MEBIBYTE, Trainings.JAVA));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return trainings.launch(java, Trainings.classPath(), Trainings.sharedCache(), Duration.ZERO);
  }
}
