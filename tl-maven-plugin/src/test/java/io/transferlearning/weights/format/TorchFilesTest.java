package io.transferlearning.weights.format;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that PyTorch wrote are read as PyTorch reads them, or refused for what they are. */
class TorchFilesTest {
  @Test
  void everyFormGivesTorchsTensors() throws IOException {
    TorchFiles.requireAllAsExpected(TorchFiles.committed());
  }

  @ParameterizedTest
  @CsvSource({
    "runs-code.pth, posix.system",
    "runs-code-legacy.pth, posix.system",
    "whole-model.pth, __main__.Net"
  })
  void codeIsRefusedByName(String file, String name) {
    Problem problem = refusal(file);

    assertThat(problem.what())
        .isEqualTo(
            "The weights "
                + TorchFiles.committed().resolve(file)
                + " can not be used: its pickle asks for '"
                + name
                + "', which is not among the few names that weights need; it is not run.");
    assertThat(problem.next()).contains("torch.save(model.state_dict(), 'FILE.pth')");
  }

  @Test
  void integersAreNoWeights() {
    assertThat(refusal("integers.pth").what())
        .endsWith(
            "tensor 'w': it is stored as 'IntStorage'; legal are DoubleStorage, FloatStorage,"
                + " HalfStorage and BFloat16Storage, and for counters LongStorage and"
                + " ByteStorage.");
  }

  @Test
  void aTensorWhoseElementsAreOneElementIsRefused() {
    assertThat(refusal("expanded.pth").what())
        .endsWith(
            "tensor 'w': shape [3, 3] with strides [0, 0] uses the same bytes for several"
                + " elements.");
  }

  @Test
  void aListHasNoNames() {
    assertThat(refusal("list.pth").what()).endsWith("it holds a list without tensors by name.");
  }

  private static Problem refusal(String file) {
    return catchProblem(() -> WeightFile.read(TorchFiles.committed().resolve(file)));
  }
}
