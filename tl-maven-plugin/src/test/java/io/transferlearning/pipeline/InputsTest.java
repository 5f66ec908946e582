package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.weights.source.EmbeddedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether there is anything to do, and why. */
class InputsTest {
  private final Path folder;
  private final TrainRequest request;

  InputsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.request = SmallRequest.in(folder, Mode.FEATURE_EXTRACTION);
  }

  @BeforeEach
  void pretendToHaveTrained() throws IOException {
    for (Path result : Inputs.of(request).results()) {
      Files.createDirectories(result.getParent());
      Files.writeString(result, "a result");
    }
    Inputs.of(request).remember();
  }

  @Test
  void nothingChanged() throws IOException {
    assertThat(Inputs.of(request).change()).isEmpty();
  }

  @Test
  void nothingWasTrainedBefore() throws IOException {
    Inputs.forget(request.output());
    assertThat(Inputs.of(request).change()).contains("nothing was trained before");
  }

  @Test
  void aSettingChanged() throws IOException {
    TrainRequest other = SmallRequest.with(folder, 7, request.training(), Mode.FEATURE_EXTRACTION);
    assertThat(Inputs.of(other).change()).contains("seed changed from 42 to 7");

    TrainRequest longer =
        SmallRequest.with(
            folder, 42, new TrainRequest.Training(null, 4, null, null), Mode.FEATURE_EXTRACTION);
    assertThat(Inputs.of(longer).change()).contains("training.epochs changed from 2 to default");
  }

  @Test
  void whatOnlyFineTuningUsesIsNoSettingWhereNothingIsFineTuned() throws IOException {
    TrainRequest.Training tuned =
        new TrainRequest.Training(2, 4, null, null, null, false, SmallRequest.averaged(0.99));

    assertThat(Inputs.of(SmallRequest.with(folder, 42, tuned, Mode.FEATURE_EXTRACTION)).change())
        .isEmpty();
    assertThat(RequestValues.of(request)).doesNotContainKey("augmentation.leastArea");
    assertThat(RequestValues.of(SmallRequest.with(folder, 42, tuned, Mode.FINETUNE)))
        .containsEntry("training.tuning.ema", "0.99")
        .containsEntry("augmentation.leastArea", "0.08");
  }

  @Test
  void whereFilesLieAndTheNumberOfThreadsAreNoSettings() throws IOException {
    assertThat(RequestValues.of(request))
        .containsEntry("model", "squeezenet1_1")
        .containsEntry("modes", "[\"FEATURE_EXTRACTION\"]")
        .containsEntry("processor.device", "cpu")
        .containsEntry("weights.source", "pretrained")
        .containsEntry("weights.sha256", EmbeddedWeights.SHA256)
        .doesNotContainKeys(
            "output", "archive", "weights.file", "processor.threads", "training.patience");
  }

  @Test
  void theFingerprintIsThatOfTheInputs() throws IOException {
    assertThat(Inputs.of(request).fingerprint())
        .matches("[0-9a-f]{12}")
        .isEqualTo(Inputs.of(request).fingerprint());
    TrainRequest other = SmallRequest.with(folder, 7, request.training(), Mode.FEATURE_EXTRACTION);
    assertThat(Inputs.of(other).fingerprint()).isNotEqualTo(Inputs.of(request).fingerprint());
  }

  @Test
  void anImageChanged() throws IOException {
    Path image = folder.resolve("images/train/red/image0.png");
    Files.write(image, Files.readAllBytes(folder.resolve("images/train/red/image1.png")));

    assertThat(Inputs.of(request).change())
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .matches(
                        "dataset changed from 24 images \\(\\w{12}\\) to 24 images \\(\\w{12}\\)"));
  }

  @Test
  void anImageThatCanNotBeReadIsAChange() throws IOException {
    Path image = folder.resolve("images/train/red/image0.png");
    Files.delete(image);
    Files.createSymbolicLink(image, folder.resolve("nowhere.png"));
    assertThat(Inputs.of(request).change()).isPresent();
  }

  @Test
  void anImageMovedToAnotherClass() throws IOException {
    Files.move(
        folder.resolve("images/train/red/image0.png"), folder.resolve("images/train/blue/new.png"));
    assertThat(Inputs.of(request).change()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "small-model.zip",
        "transfer/squeezenet1_1-feature-extraction/history.csv",
        "transfer/squeezenet1_1-feature-extraction/metrics.json",
        "transfer/squeezenet1_1-feature-extraction/model/squeezenet1_1.pt",
        "transfer/squeezenet1_1-feature-extraction/model/squeezenet1_1.safetensors",
        "transfer/squeezenet1_1-feature-extraction/model/synset.txt",
        "transfer/fextract_plot_squeezenet.png",
        "transfer/report/index.html",
        "transfer/summary.md"
      })
  void aResultIsMissing(String name) throws IOException {
    Path result = folder.resolve(name);
    Files.delete(result);
    assertThat(Inputs.of(request).change()).contains(result + " is missing");
  }

  @Test
  void theZipIsOfAnotherTraining() throws IOException {
    Files.writeString(request.archive(), "another model");
    assertThat(Inputs.of(request).change()).contains(request.archive() + " is of another training");
  }

  @Test
  void whatWasRememberedCannotBeRead() throws IOException {
    Files.writeString(request.output().resolve("inputs.json"), "{\"model\": ");
    assertThat(Inputs.of(request).change()).contains("nothing was trained before");
  }
}
