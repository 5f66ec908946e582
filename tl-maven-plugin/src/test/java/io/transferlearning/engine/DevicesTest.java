package io.transferlearning.engine;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
  @ParameterizedTest
  @CsvSource({
    "auto, 0, cpu",
    "auto, 2, gpu:0",
    "CPU, 2, cpu",
    "gpu, 2, gpu:0",
    "gpu:1, 2, gpu:1",
    "'gpu:1,0', 2, 'gpu:1,0'",
    "GPU:all, 3, 'gpu:0,1,2'",
    "gpu:all, 1, gpu:0"
  })
  void aNameMeansDevices(String name, int gpus, String expected) {
    assertThat(Devices.name(Devices.of(name, gpus))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tpu", "gpu:", "gpu:0,", "gpu:,0", "gpu:-1", "gpu:0 1", "gpu:99999"})
  void anotherNameIsRefused(String name) {
    assertThat(catchProblem(() -> Devices.of(name, 2)).what())
        .startsWith("unknown device '" + name + "'. Legal: ");
  }

  @ParameterizedTest
  @CsvSource({"gpu, 0", "gpu:0, 0", "gpu:all, 0", "gpu:2, 2", "'gpu:0,2', 2"})
  void aGpuThatIsNotThereIsRefused(String name, int gpus) {
    assertThat(catchProblem(() -> Devices.of(name, gpus)).what())
        .isEqualTo(
            "device '"
                + name
                + "' is not there: libtorch sees "
                + (gpus == 0 ? "no GPU" : "2 GPUs, numbered from 0"));
  }

  @Test
  void aGpuThatIsNamedTwiceIsRefused() {
    assertThat(catchProblem(() -> Devices.of("gpu:1,0,1", 2)).what())
        .isEqualTo("device 'gpu:1,0,1' names GPU 1 twice");
  }
}
