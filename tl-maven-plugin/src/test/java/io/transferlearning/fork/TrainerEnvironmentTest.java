package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the trainer's JVM finds in its environment. */
class TrainerEnvironmentTest {
  private final Launch launch = new Trainings(Path.of("folder")).launch();

  @Test
  void djlIsKeptFromTheNetwork() {
    Map<String, String> environment = new HashMap<>();
    TrainerEnvironment.apply(launch, environment);

    assertThat(environment)
        .containsEntry("DJL_OFFLINE", "true")
        .containsEntry("OPT_OUT_TRACKING", "true")
        .containsEntry("DJL_CACHE_DIR", launch.cache().toString())
        .containsEntry("OMP_NUM_THREADS", "1");
  }

  @Test
  void theUsersOwnAllocatorStays() {
    Map<String, String> environment = new HashMap<>(Map.of("LD_PRELOAD", "libmine.so"));
    TrainerEnvironment.apply(launch, environment);

    assertThat(environment).containsEntry("LD_PRELOAD", "libmine.so");
    assertThat(environment).doesNotContainKey("MALLOC_CONF");
  }
}
