package io.transferlearning.problem;

/** What can be wrong with the processor a user asks for. */
public final class EngineProblems {
  private EngineProblems() {}

  /** A device's name that means nothing. */
  public static Problem unknownDevice(String name) {
    return new Problem(
        "unknown device '"
            + name
            + "'. Legal: auto, cpu, gpu, gpu:N with N from 0, gpu:N,M, gpu:all",
        "set -Dtransfer.device or <engine><device> to one of them; auto takes a GPU where there is one");
  }

  /** A GPU that this machine, or this libtorch, does not have. */
  public static Problem absentDevice(String name, int gpus) {
    return new Problem(
        "device '"
            + name
            + "' is not there: libtorch sees "
            + (gpus == 0 ? "no GPU" : gpus + " GPUs, numbered from 0"),
        "set -Dtransfer.device=auto or cpu, or -Dtransfer.libtorch to the folder of a libtorch for CUDA, or mend the GPU's driver");
  }

  /** A GPU that is named twice. */
  public static Problem repeatedDevice(String name, int number) {
    return new Problem(
        "device '" + name + "' names GPU " + number + " twice",
        "name each GPU once in -Dtransfer.device, or set it to gpu:all");
  }
}
