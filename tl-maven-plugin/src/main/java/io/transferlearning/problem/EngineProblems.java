package io.transferlearning.problem;

/** What can be wrong with the processor a user asks for. */
public final class EngineProblems {
  private EngineProblems() {}

  /** A device's name that means nothing. */
  public static Problem unknownDevice(String name) {
    return new Problem(
        "unknown device '" + name + "'. Legal: auto, cpu, gpu, gpu:N with N from 0",
        "set -Dtransfer.device or <engine><device> to one of them; auto takes a GPU where there is one");
  }

  /** libtorch or its Java binding cannot be loaded. */
  public static Problem nativeLibrary(String why) {
    return new Problem(
        "a native library of PyTorch cannot be loaded: " + why,
        "libtorch 2.7 needs glibc 2.28 or later on Linux; check that no PYTORCH_LIBRARY_PATH or"
            + " PYTORCH_VERSION is set, and that the folder of the local repository can be written");
  }

  /** A GPU that this machine, or this libtorch, does not have. */
  public static Problem absentDevice(String name, int gpus) {
    return new Problem(
        "device '"
            + name
            + "' is not there: libtorch sees "
            + (gpus == 0 ? "no GPU" : gpus + " GPUs, numbered from 0"),
        "set -Dtransfer.device=auto or cpu, or mend the GPU's driver");
  }
}
