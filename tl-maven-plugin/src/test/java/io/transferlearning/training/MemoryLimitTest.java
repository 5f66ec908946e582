package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** libtorch really runs out of memory, in a process of its own with a limit to it. */
@Tag("sweep")
@EnabledOnOs(OS.LINUX)
class MemoryLimitTest {
  @Test
  void aBatchIsHalvedOnceAndThenTheNumberToSetIsNamed(@TempDir Path folder) throws Exception {
    assumeTrue(hasPrlimit(), "no prlimit here");
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty("java.class.path"),
                LimitedMemory.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // Large blocks go back to the system at once, so that peaks tell what is needed.
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", "262144");
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output);

    assertThat(ended).as(String.join("\n", lines)).isTrue();
    assertThat(lines).as(String.join("\n", lines)).contains("same bytes true");
    assertThat(lines).filteredOn(line -> line.equals("halved 12 x 1")).hasSize(2);
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith(
                    "problem memory does not suffice to train with half of a batch of 12 images"));
  }

  private static boolean hasPrlimit() throws InterruptedException {
    try {
      return new ProcessBuilder("prlimit", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
