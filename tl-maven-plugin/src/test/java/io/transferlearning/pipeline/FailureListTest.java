package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureListTest {
  private final RememberedProgress progress = new RememberedProgress();

  @Test
  void whatAMessageDoesNotNameIsListedUntilItIsMended(@TempDir Path folder) throws IOException {
    TrainRequest request = SmallRequest.in(folder, Mode.FEATURE_EXTRACTION);
    List<Path> images = images(folder.resolve("images"));
    byte[] sound = Files.readAllBytes(images.get(0));
    for (Path image : images.subList(0, 12)) {
      Files.write(image, new byte[0]);
    }
    Path list = request.output().resolve("audit-failures.txt");
    assertThatThrownBy(() -> TrainPipeline.run(request, progress))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("12 images can not be read completely:")
        .hasMessageContaining("all of them are listed in " + list);
    assertThat(Files.readAllLines(list))
        .startsWith("12 images can not be read completely:")
        .contains(images.get(0) + ": the file is empty", images.get(11) + ": the file is empty")
        .hasSize(13);

    for (Path image : images.subList(3, 12)) {
      Files.write(image, sound);
    }
    assertThatThrownBy(() -> TrainPipeline.run(request, progress))
        .hasMessageContaining("3 images can not be read completely:")
        .hasMessageNotContaining("are listed");
    assertThat(list).doesNotExist();
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
