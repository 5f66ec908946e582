package io.transferlearning.fork;

import io.transferlearning.problem.ForkProblems;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the exceptions of the trainer mean to its user. */
final class Failures {
  private Failures() {}

  /**
   * Looks at an exception and its causes: workers and DJL wrap what happened in exceptions of their
   * own.
   *
   * @return empty for one that nobody foresaw
   */
  static Optional<Problem> translate(Throwable failure) {
    return Stream.<Function<Throwable, Optional<Problem>>>of(
            cause -> problem(cause), cause -> lack(cause), cause -> file(cause))
        .flatMap(meaning -> causes(failure).flatMap(cause -> meaning.apply(cause).stream()))
        .findFirst();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, cause -> cause.getCause());
  }

  private static Optional<Problem> problem(Throwable cause) {
    return cause instanceof Problem problem ? Optional.of(problem) : Optional.empty();
  }

  private static Optional<Problem> lack(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(ForkProblems.outOfHeap(Runtime.getRuntime().maxMemory()));
    } else if (cause instanceof UnsatisfiedLinkError) {
      return Optional.of(ForkProblems.nativeLibrary(message));
    } else if (ofLibtorch(cause)) {
      return Optional.of(ForkProblems.noLibtorch());
    }
    boolean memory = message.contains("CPUAllocator") || message.contains("CUDA out of memory");
    return memory ? Optional.of(ForkProblems.outOfTensorMemory(message)) : Optional.empty();
  }

  /** DJL looks for natives in the network where the class path has none, and we forbid that. */
  private static boolean ofLibtorch(Throwable cause) {
    return cause instanceof IOException
        && String.valueOf(cause.getMessage()).startsWith("Offline mode is enabled")
        && Stream.of(cause.getStackTrace())
            .anyMatch(frame -> frame.getClassName().endsWith(".LibUtils"));
  }

  private static Optional<Problem> file(Throwable cause) {
    return cause instanceof IOException e
        ? Optional.of(ForkProblems.unusableFile(e))
        : Optional.empty();
  }
}
