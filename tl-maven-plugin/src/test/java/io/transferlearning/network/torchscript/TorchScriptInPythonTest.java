package io.transferlearning.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.transferlearning.network.GoldenNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives open in Python, and their state_dict is torchvision's. */
class TorchScriptInPythonTest {
  private static final String PYTHON = "/usr/bin/python3";

  /** What a process printed, and how it ended. */
  private record Ended(int status, String output) {}

  @BeforeAll
  static void needsTorchInPython() throws IOException, InterruptedException {
    boolean there = Path.of(PYTHON).toFile().canExecute();
    there = there && run(List.of(PYTHON, "-c", "import torch, torchvision")).status() == 0;
    if (!there) {
      System.out.println(
          "LEFT OUT: TorchScriptInPythonTest, because "
              + PYTHON
              + " cannot import torch and torchvision (Debian: python3-torchvision)");
    }
    assumeTrue(there, "no torch in " + PYTHON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "squeezenet1_1", "densenet121"})
  void pythonLoadsIt(String name, @TempDir Path folder) throws IOException, InterruptedException {
    Path archive = folder.resolve(name + ".pt");
    GoldenNetwork golden = GoldenNetwork.of(name);
    TorchScript.write(archive, golden.network(), golden.weights(), TorchScript.Methods.NONE);

    Ended ended =
        run(List.of(PYTHON, "src/test/python/load_torchscript.py", archive.toString(), name));

    System.out.print(ended.output());
    assertThat(ended.status()).as(ended.output()).isZero();
  }

  private static Ended run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
