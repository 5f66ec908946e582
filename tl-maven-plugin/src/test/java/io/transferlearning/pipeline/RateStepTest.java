package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.evaluation.RateSweep;
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
          null, null, true);

  @Test
  void theRateThatIsFoundIsDrawnTrainedAtAndKeptWhereTheTrainingIsCutOff(@TempDir Path folder)
      throws IOException {
    RememberedProgress first = new RememberedProgress();
    TrainRequest request = request(Files.createDirectory(folder.resolve("a")));
    TrainPipeline.run(request, first);

    List<String> found = found(first);
    assertThat(found).hasSize(1);
    assertThat(request.output().resolve("lr_finder_squeezenet.png")).isNotEmptyFile();
    assertThat(first.steps).anyMatch(step -> step.endsWith("learning rate, step 1/100"));
    TrainRequest usual = SmallRequest.in(Files.createDirectory(folder.resolve("c")), Mode.FINETUNE);
    TrainPipeline.run(usual, new RememberedProgress());
    assertThat(model(usual)).isNotEqualTo(model(request));

    TrainRequest cut = request(Files.createDirectory(folder.resolve("b")));
    RememberedProgress second = cutOffIn("finetune, epoch 2 of 2");
    assertThatThrownBy(() -> TrainPipeline.run(cut, second)).hasMessage("cut off");
    assertThat(found(second)).isEqualTo(found);
    Path known = cut.output().resolve(".learning-rate.json");
    assertThat(known).isNotEmptyFile();
    RememberedProgress third = new RememberedProgress();
    TrainPipeline.run(cut, third);

    assertThat(found(third)).containsExactly(found.get(0) + ", found before it was cut off");
    assertThat(third.steps).noneMatch(step -> step.contains("learning rate, step"));
    assertThat(third.lines).noneMatch(line -> line.contains("the head first"));
    assertThat(cut.output().resolve("lr_finder_squeezenet.png")).isNotEmptyFile();
    assertThat(known).doesNotExist();
    assertThat(model(cut)).isEqualTo(model(request));
  }

  @Test
  void aTestOfOtherInputsOrADamagedOneIsNone(@TempDir Path folder) throws IOException {
    RateSweep sweep = new RateSweep(List.of(1e-3, 1e-2), List.of(1.0, 0.5));
    FoundRate one = new FoundRate(folder, "one");
    assertThat(one.read()).isEmpty();

    one.keep(sweep);

    assertThat(one.read()).contains(sweep);
    assertThat(new FoundRate(folder, "other").read()).isEmpty();
    Files.writeString(folder.resolve(".learning-rate.json"), "{\"inputs\": \"one\"");
    assertThat(one.read()).isEmpty();
    Files.writeString(folder.resolve(".learning-rate.json"), "{\"inputs\": \"one\"}");
    assertThat(one.read()).isEmpty();
  }

  private static RememberedProgress cutOffIn(String phase) {
    return new RememberedProgress() {
      @Override
      public void phase(String what) {
        if (what.equals(phase)) {
          throw new IllegalStateException("cut off");
        }
      }
    };
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
