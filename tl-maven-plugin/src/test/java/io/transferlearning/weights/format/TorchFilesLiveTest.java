package io.transferlearning.weights.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that the torch of this machine writes, whatever its version, are read as it means. */
class TorchFilesLiveTest {
  private static final String PYTHON = "/usr/bin/python3";

  @Test
  void everyFormGivesTorchsTensors(@TempDir Path folder) throws IOException, InterruptedException {
    boolean there = Path.of(PYTHON).toFile().canExecute() && run("-c", "import torch").isEmpty();
    if (!there) {
      System.out.println("LEFT OUT: TorchFilesLiveTest, because there is no torch in " + PYTHON);
    }
    assumeTrue(there, "no torch in " + PYTHON);

    assertThat(run("src/test/python/torch_files.py", folder.toString())).isEmpty();

    TorchFiles.requireAllAsExpected(folder);
  }

  /** What Python printed, which is nothing where all went well. */
  private static String run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(PYTHON).redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : output + " ";
  }
}
