package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.DatasetSpec;
import io.transferlearning.gate.Rule;
import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.pipeline.VerifyRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that carries a request to the trainer's JVM. */
class RequestFileTest {

  @Test
  void aTrainingArrivesAsItWasSent(@TempDir Path folder) throws IOException {
    TrainRequest request = new Trainings(folder).brief();

    assertThat(sent(folder, new RequestFile(request, null)))
        .isEqualTo(new RequestFile(request, null));
  }

  @Test
  void aVerificationArrivesWithItsRulesToTheLastDigit(@TempDir Path folder) throws IOException {
    DatasetSpec dataset =
        DatasetSpec.of(folder, 7).withFolders(folder.resolve("a"), null, folder.resolve("b"));
    List<Rule> rules =
        List.of(
            Rule.parse("accuracy", null, "0.1234567890123456789", null),
            Rule.parse("recall", "*", "80%", "99%"));
    VerifyRequest request =
        new VerifyRequest(
            folder.resolve("m.zip"), dataset, rules, new TrainRequest.Processing("cpu", 2), folder);

    assertThat(sent(folder, new RequestFile(null, request)))
        .isEqualTo(new RequestFile(null, request));
  }

  private static RequestFile sent(Path folder, RequestFile request) throws IOException {
    Path file = folder.resolve("request.json");
    request.write(file);
    return RequestFile.read(file);
  }
}
