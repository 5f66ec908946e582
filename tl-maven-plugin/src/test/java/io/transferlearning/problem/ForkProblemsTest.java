package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a user reads when the trainer's JVM does not end well. */
class ForkProblemsTest {
  private static final Path LOG = Path.of("trainer.log");
  private static final Path ARGUMENTS = Path.of("trainer.args");
  private static final String WHERE =
      "\n  -> its log is trainer.log, and java @trainer.args starts it again";

  @Test
  void killed() {
    Problem problem = ForkProblems.died(137, "finetune, epoch 3 of 10", LOG, ARGUMENTS, "");
    assertThat(problem.what())
        .isEqualTo(
            "the trainer's JVM was killed (exit status 137, signal 9) while it was at:"
                + " finetune, epoch 3 of 10");
    assertThat(problem.next())
        .isEqualTo(
            "on Linux this is mostly the system or the container running out of memory: set"
                + " -Dtransfer.batchSize to half, or give the build more memory; no half-written"
                + " model was left"
                + WHERE);
  }

  @Test
  void crashedInNativeCode() {
    Problem problem = ForkProblems.died(134, "starting libtorch", LOG, ARGUMENTS, "abort\n");
    assertThat(problem.what())
        .isEqualTo(
            "the trainer's JVM crashed (exit status 134, signal 6) while it was at: starting"
                + " libtorch\n  its last words: abort");
    assertThat(problem.next())
        .isEqualTo("this is a fault in native code; no half-written model was left" + WHERE);
  }

  @Test
  void ended() {
    Problem problem = ForkProblems.died(1, "starting", LOG, ARGUMENTS, "");
    assertThat(problem.what())
        .isEqualTo(
            "the trainer's JVM ended unexpectedly (exit status 1) while it was at: starting");
    assertThat(problem.next()).isEqualTo("no half-written model was left" + WHERE);
  }

  @Test
  void tookTooLong() {
    Problem problem = ForkProblems.timedOut(Duration.ofMinutes(30), "finetune, epoch 3 of 10");
    assertThat(problem.what())
        .isEqualTo(
            "the trainer was ended after 30 minutes, while it was at: finetune, epoch 3 of 10");
    assertThat(problem.next())
        .isEqualTo(
            "set -Dtransfer.timeoutMinutes higher, or train for fewer epochs; nothing was written");
  }

  @Test
  void failedInAWayNobodyForesaw() {
    Problem problem = ForkProblems.crashed("java.lang.Error: x\n\tat y", "z", LOG, ARGUMENTS);
    assertThat(problem.what())
        .isEqualTo("the trainer failed while it was at: z\n  java.lang.Error: x");
    assertThat(problem.getCause()).hasMessage("java.lang.Error: x\n\tat y");
  }

  @Test
  void couldNotStart() {
    Problem problem = ForkProblems.cannotStart(Path.of("java"), new IOException("no such file"));
    assertThat(problem.getMessage())
        .isEqualTo(
            "the trainer's JVM cannot be started: no such file"
                + System.lineSeparator()
                + "  -> check that java is a JDK's java of version 17 or later");
  }

  @Test
  void hasNoLibtorch() {
    assertThat(ForkProblems.noNatives("solaris", "sparc").what())
        .isEqualTo("there is no libtorch for solaris on sparc");
    assertThat(ForkProblems.cannotResolve("g:a:1", "offline").what())
        .isEqualTo("Maven cannot resolve g:a:1: offline");
  }
}
