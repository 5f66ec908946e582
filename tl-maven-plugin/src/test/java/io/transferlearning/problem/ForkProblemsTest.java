package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.ForkProblems.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Texts that need more than a small training to come up; {@code fork} tests the others. */
class ForkProblemsTest {
  private static final Path LOG = Path.of("trainer.log");
  private static final Path ARGUMENTS = Path.of("trainer.args");

  @Test
  void aTimeOutSaysHowLongAndWhatWasRunning() {
    Duration half = Duration.ofMinutes(30);
    assertThat(ForkProblems.timedOut(half, "feature-extraction, head", Work.HEAD))
        .hasMessage(
            "the trainer was ended after 30 minutes, while it was at: feature-extraction, head%n"
                + "  -> set -Dtransfer.timeoutMinutes higher, or -Dtransfer.epochs lower; earlier"
                + " results are as they were",
            new Object[0]);
    assertThat(ForkProblems.timedOut(Duration.ofMinutes(1), "starting", Work.HEAD).what())
        .isEqualTo("the trainer was ended after 1 minute, while it was at: starting");
  }

  @Test
  void aTimeOutSaysWhatIsLeftAndWhatIsNot() {
    Duration half = Duration.ofMinutes(30);
    assertThat(ForkProblems.timedOut(half, "finetune, epoch 3 of 10", Work.FINE_TUNING).next())
        .isEqualTo(
            "build again: fine-tuning that had begun goes on from its last checkpoint;"
                + " -Dtransfer.timeoutMinutes sets another limit, and earlier results are as they"
                + " were");
    assertThat(ForkProblems.timedOut(half, "scoring the test images", Work.VERIFYING).next())
        .isEqualTo(
            "set -Dtransfer.timeoutMinutes higher; the model was not scored, and is as it was");
  }

  @Test
  void aCrashOfNativeCodeShowsTheLastWords() {
    assertThat(ForkProblems.died(139, "starting libtorch", LOG, ARGUMENTS, "one\ntwo\n"))
        .hasMessage(
            "the trainer's JVM crashed (exit status 139, signal 11) while it was at: starting"
                + " libtorch\n  its last words: one\n    two%n  -> this is a fault in native code; no"
                + " half-written model was left\n  -> its log is trainer.log, and java @trainer.args"
                + " starts it again",
            new Object[0]);
    assertThat(ForkProblems.died(134, "x", LOG, ARGUMENTS, "").what())
        .isEqualTo("the trainer's JVM crashed (exit status 134, signal 6) while it was at: x");
  }

  @Test
  void aKilledTrainerHasNoLastWords() {
    assertThat(ForkProblems.died(137, "finetune, epoch 2 of 10", LOG, ARGUMENTS, "WARN x").what())
        .isEqualTo(
            "the trainer's JVM was killed (exit status 137, signal 9) while it was at: finetune,"
                + " epoch 2 of 10");
  }

  @Test
  void anyOtherEndIsUnexpected() {
    assertThat(ForkProblems.died(143, "x", LOG, ARGUMENTS, " \n"))
        .hasMessage(
            "the trainer's JVM ended unexpectedly (exit status 143) while it was at: x%n"
                + "  -> no half-written model was left\n  -> its log is trainer.log, and java"
                + " @trainer.args starts it again",
            new Object[0]);
  }

  @Test
  void aFullHeapNamesItsSize() {
    assertThat(ForkProblems.outOfHeap(2L << 30).what())
        .isEqualTo("the trainer's Java heap of 2048 MiB is full");
  }

  @Test
  void aLibraryThatDoesNotLoadSaysWhatItNeeds() {
    assertThat(ForkProblems.nativeLibrary("libtorch.so: no"))
        .hasMessage(
            "a native library of PyTorch cannot be loaded: libtorch.so: no%n  -> libtorch 2.7 needs"
                + " glibc 2.28 or later on Linux; check that no PYTORCH_LIBRARY_PATH or"
                + " PYTORCH_VERSION is set, and that transfer.libtorch, where it is, names the"
                + " folder of a whole libtorch",
            new Object[0]);
  }

  @Test
  void tooLittleMemoryForTensorsAsksForSmallerBatches() {
    assertThat(ForkProblems.outOfTensorMemory("no memory\ntrace"))
        .hasMessage(
            "libtorch ran out of memory: no memory%n"
                + "  -> set -Dtransfer.batchSize to half, or a smaller -Dtransfer.imageSize",
            new Object[0]);
  }

  @Test
  void aFileThatCannotBeUsedIsNoFaultOfThePlugin() {
    assertThat(ForkProblems.unusableFile(new IOException("full")))
        .hasMessage(
            "a file cannot be read or written: java.io.IOException: full%n  -> check that the disk"
                + " has room and that the build may read and write there",
            new Object[0]);
  }

  @Test
  void machinesWithoutLibtorchAndMirrorsWithoutItAreNamed() {
    assertThat(ForkProblems.noNatives("Linux", "riscv64"))
        .hasMessage(
            "there is no libtorch for Linux on riscv64%n"
                + "  -> train on Linux x86_64 or aarch64, macOS aarch64 or Windows x86_64",
            new Object[0]);
    assertThat(ForkProblems.cannotResolve("g:a:1", "offline"))
        .hasMessage(
            "Maven cannot resolve g:a:1: offline%n  -> it is on Maven Central; make it available in"
                + " your mirror, or build once without --offline",
            new Object[0]);
  }
}
