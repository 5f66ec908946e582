package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnTest {
  private static final int MANY = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "1, 1, false",
    "1, 8, false",
    "2, 2, true",
    "4, 8, false",
    "5, 8, true",
    "8, 8, true",
    "16, 8, true"
  })
  void twoThatFitRunSideBySide(int threads, int processors, boolean fills) {
    assertThat(Turn.fills(threads, processors)).isEqualTo(fills);
  }

  @Test
  void nobodyWaitsForGpus(@TempDir Path shared) throws IOException {
    Turn.take(shared, "gpu:0", MANY, new RememberedProgress()).close();

    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void whereThereIsNoLockTheTrainingGoesOn(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    Turn.take(file, "cpu", MANY, new RememberedProgress()).close();

    assertThat(file).isEmptyFile();
  }
}
