package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineProblemsTest {
  @Test
  void anUnknownDeviceNamesTheLegalOnes() {
    Problem problem = EngineProblems.unknownDevice("tpu");

    assertThat(problem.what())
        .isEqualTo(
            "unknown device 'tpu'. Legal: auto, cpu, gpu, gpu:N with N from 0, gpu:N,M, gpu:all");
    assertThat(problem.next())
        .isEqualTo(
            "set -Dtransfer.device or <engine><device> to one of them; auto takes a GPU where there"
                + " is one");
  }

  @Test
  void aGpuWhereThereIsNoneIsRefused() {
    Problem problem = EngineProblems.absentDevice("gpu", 0);

    assertThat(problem.what()).isEqualTo("device 'gpu' is not there: libtorch sees no GPU");
    assertThat(problem.next())
        .isEqualTo(
            "set -Dtransfer.device=auto or cpu, or -Dtransfer.libtorch to the folder of a libtorch for CUDA, or mend the GPU's driver");
  }

  @Test
  void aGpuBeyondTheLastIsRefused() {
    Problem problem = EngineProblems.absentDevice("gpu:2", 2);

    assertThat(problem.what())
        .isEqualTo("device 'gpu:2' is not there: libtorch sees 2 GPUs, numbered from 0");
    assertThat(problem.next())
        .isEqualTo(
            "set -Dtransfer.device=auto or cpu, or -Dtransfer.libtorch to the folder of a libtorch for CUDA, or mend the GPU's driver");
  }
}
