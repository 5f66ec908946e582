package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.pipeline.TrainRequest.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rate found by a test: told, drawn, trained at, and the same the next time. */
class RateStepTest {
  private static final Tuning FIND =
      new Tuning(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, true);

  @Test
  void theRateThatIsFoundIsDrawnAndTrainedAt(@TempDir Path folder) throws IOException {
    RememberedProgress first = new RememberedProgress();
    TrainRequest request = request(Files.createDirectory(folder.resolve("a")));
    TrainPipeline.run(request, first);
    RememberedProgress second = new RememberedProgress();
    TrainPipeline.run(request(Files.createDirectory(folder.resolve("b"))), second);

    List<String> found = found(first);
    assertThat(found).hasSize(1).isEqualTo(found(second));
    assertThat(request.output().resolve("lr_finder_squeezenet.png")).isNotEmptyFile();
    assertThat(first.steps).anyMatch(step -> step.endsWith("learning rate, step 1/100"));
    TrainRequest usual = SmallRequest.in(Files.createDirectory(folder.resolve("c")), Mode.FINETUNE);
    TrainPipeline.run(usual, new RememberedProgress());
    byte[] model = model(request);
    assertThat(model(request(folder.resolve("b")))).isEqualTo(model);
    assertThat(model(usual)).isNotEqualTo(model);
  }

  private static byte[] model(TrainRequest request) throws IOException {
    return Files.readAllBytes(
        request.output().resolve("squeezenet1_1-finetune/model/squeezenet1_1.safetensors"));
  }

  private static List<String> found(RememberedProgress progress) {
    return progress.lines.stream().filter(line -> line.contains("learning rate ")).toList();
  }

  private static TrainRequest request(Path folder) throws IOException {
    if (!Files.exists(folder.resolve("images"))) {
      SmallRequest.in(folder, Mode.FINETUNE);
    }
    return SmallRequest.with(
        folder, 42, new Training(2, 4, null, null, null, false, FIND), Mode.FINETUNE);
  }
}
