package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void aProblemIsFoundBelowWhatAWorkerWrapsItIn() {
    Problem problem = new Problem("what", "next");
    assertThat(Failures.translate(new IllegalStateException(new ExecutionException(problem))))
        .containsSame(problem);
  }

  @Test
  void aFullHeapIsSeenInAWorkerToo() {
    assertThat(what(new ExecutionException(new OutOfMemoryError("Java heap space"))))
        .matches("the trainer's Java heap of \\d+ MiB is full");
  }

  @Test
  void aLibraryThatDoesNotLoadIsNamed() {
    assertThat(what(new EngineException("x", new UnsatisfiedLinkError("libtorch.so: GLIBC_2.28"))))
        .isEqualTo("a native library of PyTorch cannot be loaded: libtorch.so: GLIBC_2.28");
  }

  @Test
  void memoryThatLibtorchDoesNotGetIsNoFaultOfThePlugin() {
    assertThat(what(new EngineException("DefaultCPUAllocator: can't allocate memory\nframe #0")))
        .isEqualTo("libtorch ran out of memory: DefaultCPUAllocator: can't allocate memory");
    assertThat(what(new EngineException("CUDA out of memory. Tried to allocate 2 GiB")))
        .isEqualTo("libtorch ran out of memory: CUDA out of memory. Tried to allocate 2 GiB");
  }

  @Test
  void aFullDiskIsNoFaultOfThePlugin() {
    IOException full = new FileSystemException("/x", null, "No space left on device");
    assertThat(what(new UncheckedIOException(full)))
        .isEqualTo(
            "a file cannot be read or written: java.nio.file.FileSystemException: /x: No space left"
                + " on device");
  }

  @Test
  void nobodyForesawTheRest() {
    assertThat(Failures.translate(new NullPointerException())).isEmpty();
  }

  private static String what(Throwable failure) {
    return Failures.translate(failure).orElseThrow().what();
  }
}
