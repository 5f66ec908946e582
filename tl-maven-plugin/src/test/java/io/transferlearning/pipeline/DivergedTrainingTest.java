package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.pipeline.TrainRequest.Training;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that fails midway, when its working folder is already there. */
class DivergedTrainingTest {
  private final Path folder;
  private final RememberedProgress progress = new RememberedProgress();

  DivergedTrainingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aRateThatIsFarTooHighLeavesTheEarlierResultsAndNoPartOfAModel() throws IOException {
    TrainPipeline.run(SmallRequest.in(folder, Mode.FEATURE_EXTRACTION), progress);
    Map<Path, FileTime> before = written();
    Training tooFast = new Training(2, 4, 1e38, null);
    TrainRequest request = SmallRequest.with(folder, 42, tooFast, Mode.FEATURE_EXTRACTION);

    assertThatThrownBy(() -> TrainPipeline.run(request, progress))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "training diverged: the loss of epoch 1 is not a number at learning rate 1.0E38%n"
                + "  -> set -Dtransfer.learningRate lower, a tenth of 1.0E38 to begin with",
            new Object[0]);

    assertThat(written()).isEqualTo(before);
  }

  /** When each file was written, but for the cache's: a use marks them. */
  private Map<Path, FileTime> written() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).filter(this::isNoCache).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private boolean isNoCache(Path file) {
    return !file.startsWith(folder.resolve("cache"));
  }
}
