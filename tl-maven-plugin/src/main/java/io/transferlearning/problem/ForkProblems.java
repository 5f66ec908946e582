package io.transferlearning.problem;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What can happen to the trainer's JVM. */
public final class ForkProblems {
  /** Shells and the JDK add this to the number of the signal that ended a process. */
  private static final int SIGNAL = 128;

  private static final int SIGABRT = 6;
  private static final int SIGKILL = 9;
  private static final int SIGSEGV = 11;

  private ForkProblems() {}

  /** The java executable does not start. */
  public static Problem cannotStart(Path java, IOException why) {
    return new Problem(
        "the trainer's JVM cannot be started: " + why.getMessage(),
        "check that " + java + " is a JDK's java of version 17 or later");
  }

  /** It took longer than allowed. */
  public static Problem timedOut(Duration timeout, String phase) {
    return new Problem(
        "the trainer was ended after "
            + timeout.toMinutes()
            + " minutes, while it was at: "
            + phase,
        "set -Dtransfer.timeoutMinutes higher, or train for fewer epochs; nothing was written");
  }

  /** It ended without saying so. */
  public static Problem died(int status, String phase, Path log, Path arguments, String lastLines) {
    return new Problem(
        "the trainer's JVM "
            + how(status)
            + " while it was at: "
            + phase
            + (lastLines.isBlank() ? "" : "\n  its last words: " + lastLines.strip()),
        advice(status) + where(log, arguments));
  }

  private static String how(int status) {
    int signal = status - SIGNAL;
    return switch (signal) {
      case SIGKILL -> "was killed (exit status " + status + ", signal 9)";
      case SIGABRT, SIGSEGV -> "crashed (exit status " + status + ", signal " + signal + ")";
      default -> "ended unexpectedly (exit status " + status + ")";
    };
  }

  private static String advice(int status) {
    return switch (status - SIGNAL) {
      case SIGKILL ->
          "on Linux this is mostly the system or the container running out of memory: set -Dtransfer.batchSize to half, or"
              + " give the build more memory; no half-written model was left";
      case SIGABRT, SIGSEGV -> "this is a fault in native code; no half-written model was left";
      default -> "no half-written model was left";
    };
  }

  /** An exception that nobody foresaw. */
  public static Problem crashed(String trace, String phase, Path log, Path arguments) {
    return new Problem(
        "the trainer failed while it was at: "
            + phase
            + "\n  "
            + trace.lines().findFirst().orElse(""),
        "this is a fault of the plugin: please report it with the stack trace below"
            + where(log, arguments),
        new IllegalStateException(trace));
  }

  private static String where(Path log, Path arguments) {
    return "\n  -> its log is " + log + ", and java @" + arguments + " starts it again";
  }

  /** The Java heap is full. */
  public static Problem outOfHeap(long bytes) {
    return new Problem(
        "the trainer's Java heap of " + (bytes >> 20) + " MiB is full",
        "set -Dtransfer.jvmArguments=-Xmx4g, or more");
  }

  /** There is no libtorch for this machine. */
  public static Problem noNatives(String os, String arch) {
    return new Problem(
        "there is no libtorch for " + os + " on " + arch,
        "train on Linux x86_64 or aarch64, macOS aarch64 or Windows x86_64");
  }

  /** The native libraries for this machine cannot be resolved. */
  public static Problem cannotResolve(String artifact, String why) {
    return new Problem(
        "Maven cannot resolve " + artifact + ": " + why,
        "it is on Maven Central; make it available in your mirror, or build once without --offline");
  }
}
