package io.transferlearning.problem;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What can happen to the trainer's JVM. */
public final class ForkProblems {
  /** Shells and the JDK add this to the number of the signal that ended a process. */
  private static final int SIGNAL = 128;

  /** The launcher's own: the trainer never ends with it. */
  private static final int NOT_STARTED = 1;

  private static final int SIGABRT = 6;
  private static final int SIGKILL = 9;
  private static final int SIGSEGV = 11;

  private ForkProblems() {}

  /** What the trainer was to do. */
  public enum Work {
    /** A training that does not fine-tune, of which nothing is left. */
    HEAD(
        "set -Dtransfer.timeoutMinutes higher, or -Dtransfer.epochs lower; earlier results are as they were"),
    /** A training that has checkpoints, from its first epoch of fine-tuning on. */
    FINE_TUNING(
        "build again: fine-tuning that had begun goes on from its last checkpoint; -Dtransfer.timeoutMinutes sets another"
            + " limit, and earlier results are as they were"),
    /** Scoring, which writes no model. */
    VERIFYING("set -Dtransfer.timeoutMinutes higher; the model was not scored, and is as it was");

    private final String afterTimeOut;

    Work(String afterTimeOut) {
      this.afterTimeOut = afterTimeOut;
    }
  }

  /** The java executable does not start. */
  public static Problem cannotStart(Path java, IOException why) {
    return new Problem(
        "the trainer's JVM cannot be started: " + why.getMessage(),
        "check that " + java + " is a JDK's java of version 17 or later");
  }

  /** It took longer than allowed. */
  public static Problem timedOut(Duration timeout, String phase, Work work) {
    return new Problem(
        "the trainer was ended after "
            + (timeout.toMinutes() == 1 ? "1 minute" : timeout.toMinutes() + " minutes")
            + ", while it was at: "
            + phase,
        work.afterTimeOut);
  }

  /** It ended without saying so. */
  public static Problem died(int status, String phase, Path log, Path arguments, String lastLines) {
    // Who is killed does not know why: what happens to stand last in the log would mislead.
    boolean silent = lastLines.isBlank() || status == SIGNAL + SIGKILL;
    return new Problem(
        "the trainer's JVM "
            + how(status)
            + " while it was at: "
            + phase
            + (silent ? "" : "\n  its last words: " + lastLines.strip().replace("\n", "\n    ")),
        advice(status) + where(log, arguments));
  }

  private static String how(int status) {
    if (status == NOT_STARTED) {
      return "did not start (exit status " + status + ")";
    }
    int signal = status - SIGNAL;
    return switch (signal) {
      case SIGKILL -> "was killed (exit status " + status + ", signal 9)";
      case SIGABRT, SIGSEGV -> "crashed (exit status " + status + ", signal " + signal + ")";
      default -> "ended unexpectedly (exit status " + status + ")";
    };
  }

  private static String advice(int status) {
    if (status == NOT_STARTED) {
      return "check -Dtransfer.jvmArguments, or <engine><jvmArguments>, and the JDK's version, 17 or later";
    }
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

  /** A folder of the user's without a libtorch. */
  public static Problem noOwnLibtorch(Path folder, String library, String version) {
    return new Problem(
        "transfer.libtorch: neither " + folder + " nor its folder lib holds " + library,
        "unpack libtorch "
            + version
            + " for CUDA 12.8 from https://pytorch.org and name its folder");
  }

  /** A libtorch of the user's that DJL's binding does not fit. */
  public static Problem otherLibtorch(Path folder, String found, String version) {
    return new Problem(
        "transfer.libtorch: "
            + folder
            + " holds libtorch "
            + found
            + ", and DJL is bound to "
            + version,
        "take libtorch "
            + version
            + ", or put "
            + System.mapLibraryName("djl_torch")
            + ", DJL's binding, compiled for the one you have, into that folder");
  }

  /** libtorch or its Java binding cannot be loaded. */
  public static Problem nativeLibrary(String message) {
    return new Problem(
        "a native library of PyTorch cannot be loaded: " + message,
        "libtorch 2.7 needs glibc 2.28 or later on Linux; check that no PYTORCH_LIBRARY_PATH or PYTORCH_VERSION is set, and that transfer.libtorch, where it is, names the folder of a whole libtorch");
  }

  /** The class path holds no libtorch. */
  public static Problem noLibtorch() {
    return new Problem(
        "the trainer's class path holds no libtorch for this machine, and nothing is downloaded behind the build's back",
        "remove ai/djl/pytorch/pytorch-native-cpu from the local repository, and build again without --offline");
  }

  /** libtorch cannot have the memory it asks for. */
  public static Problem outOfTensorMemory(String message) {
    return new Problem(
        "libtorch ran out of memory: " + message.lines().findFirst().orElse(""),
        "set -Dtransfer.batchSize to half, or a smaller -Dtransfer.imageSize");
  }

  /** A file cannot be read or written. */
  public static Problem unusableFile(IOException why) {
    return new Problem(
        "a file cannot be read or written: " + why,
        "check that the disk has room and that the build may read and write there");
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
