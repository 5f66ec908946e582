package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.Balance;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.Sampling;
import io.transferlearning.data.audit.Action;
import io.transferlearning.data.audit.Kind;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.data.transform.Mixing;
import io.transferlearning.gate.Rule;
import io.transferlearning.pipeline.Mode;
import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.pipeline.VerifyRequest;
import io.transferlearning.weights.source.LocalWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFileTest {
  private static final TrainRequest.Processing CPU = new TrainRequest.Processing("cpu", 3);

  private final Path file;

  RequestFileTest(@TempDir Path folder) {
    file = folder.resolve("request.json");
  }

  @Test
  void aTrainingWithEverythingSaidIsReadAsItWasWritten() throws IOException {
    DatasetSpec dataset =
        DatasetSpec.of(Path.of("images"), Long.MAX_VALUE)
            .withFolders(Path.of("a b"), Path.of("größe"), Path.of("test"))
            .withMaxImagesPerClass(7);
    requireSame(train(dataset, new TrainRequest.Training(5, 16, 0.1, 0)));
  }

  @Test
  void whatNobodySaidStaysUnsaid() throws IOException {
    requireSame(
        train(
            DatasetSpec.of(Path.of("images"), 42),
            new TrainRequest.Training(null, null, null, null)));
  }

  @Test
  void limitsOfRulesKeepTheirDigits() throws IOException {
    VerifyRequest request =
        new VerifyRequest(
            Path.of("model.zip"),
            DatasetSpec.of(Path.of("images"), 42),
            List.of(
                Rule.parse("accuracy", null, "0.900", null),
                Rule.parse("recall", "*", "80%", "0.99"),
                Rule.parse("logLoss", null, null, "1.0000000000000000000001")),
            CPU,
            Path.of("transfer"),
            Path.of("cache"));
    new RequestFile(null, request).write(file);

    assertThat(RequestFile.read(file)).isEqualTo(new RequestFile(null, request));
  }

  private static TrainRequest train(DatasetSpec dataset, TrainRequest.Training training) {
    return new TrainRequest(
        "resnet18",
        List.of(Mode.FEATURE_EXTRACTION, Mode.FINETUNE),
        dataset,
        Map.of(Kind.DUPLICATES, Action.FAIL),
        new LocalWeights(
            LocalWeights.Kind.FILE,
            "C:\\weights \"of\" ours.safetensors",
            Path.of("weights.safetensors"),
            "0123"),
        224,
        "auto",
        Augmentation.LIGHT.withMixing(new Mixing(0.2, 1)),
        new Balance(false, Sampling.BALANCED),
        training,
        CPU,
        42,
        Path.of("transfer"),
        Path.of("cache"),
        64,
        Path.of("model.zip"),
        "1.0");
  }

  private void requireSame(TrainRequest request) throws IOException {
    new RequestFile(request, null).write(file);
    assertThat(RequestFile.read(file)).isEqualTo(new RequestFile(request, null));
  }
}
