package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerEnvironmentTest {
  private static final Launch LAUNCH =
      new Launch(
          Path.of("java"),
          List.of(),
          null,
          List.of(),
          Path.of("cache"),
          Path.of("t"),
          3,
          Duration.ZERO);

  @Test
  void djlStaysOffTheNetworkAndUnpacksWhereItIsTold() throws IOException {
    assertThat(applied(Map.of("DJL_OFFLINE", "false")))
        .containsEntry("DJL_OFFLINE", "true")
        .containsEntry("OPT_OUT_TRACKING", "true")
        .containsEntry("DJL_CACHE_DIR", "cache")
        .containsEntry("OMP_NUM_THREADS", "3");
  }

  @Test
  void theUsersAllocatorIsKept() throws IOException {
    assertThat(applied(Map.of("LD_PRELOAD", "libtcmalloc.so")))
        .containsEntry("LD_PRELOAD", "libtcmalloc.so")
        .doesNotContainKey("MALLOC_CONF");
    assertThat(applied(Map.of("MALLOC_CONF", "thp:never")))
        .containsEntry("MALLOC_CONF", "thp:never")
        .doesNotContainKey("LD_PRELOAD");
  }

  @Test
  void jemallocIsPreloadedAndConfiguredTogetherOrNotAtAll() throws IOException {
    Map<String, String> environment = applied(Map.of());
    assertThat(environment.containsKey("MALLOC_CONF"))
        .isEqualTo(environment.containsKey("LD_PRELOAD"));
    // Memory that is never given back grows with every epoch.
    assertThat(environment.getOrDefault("MALLOC_CONF", "oversize_threshold:0"))
        .doesNotContain("dirty_decay_ms:-1")
        .contains("oversize_threshold:0");
  }

  @Test
  void whatElseIsInheritedStays() throws IOException {
    assertThat(applied(Map.of("PATH", "/bin"))).containsEntry("PATH", "/bin");
  }

  private static Map<String, String> applied(Map<String, String> inherited) throws IOException {
    Map<String, String> environment = new HashMap<>(inherited);
    TrainerEnvironment.apply(LAUNCH, environment);
    return environment;
  }
}
