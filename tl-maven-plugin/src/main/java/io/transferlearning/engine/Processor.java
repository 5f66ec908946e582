package io.transferlearning.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import io.transferlearning.problem.EngineProblems;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The processor that computes: libtorch, started once in this process, and one of its devices. */
public final class Processor {
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d+))?");

  /** Compute capability 8.0 as DJL writes it. */
  private static final String AMPERE = "80";

  private final Engine engine;
  private final Device device;

  private Processor(Engine engine, Device device) {
    this.engine = engine;
    this.device = device;
  }

  /**
   * Starts libtorch.
   *
   * @param device {@code auto} (the first GPU, or the CPU where there is none), {@code cpu}, {@code
   *     gpu} or {@code gpu:N}
   * @param threads threads of an operation on the CPU, at least 1
   * @param seed of libtorch's random numbers
   * @throws io.transferlearning.problem.Problem for a device that is not there: falling back to the
   *     CPU in silence would cost hours
   */
  public static Processor start(String device, int threads, int seed) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine engine = Engine.getEngine("PyTorch");
    // Compiling specialised graphs costs seconds at every new batch size and made steps slower, not
    // faster.
    JniUtils.setGraphExecutorOptimize(false);
    engine.setRandomSeed(seed);
    return new Processor(engine, device(device, engine.getGpuCount()));
  }

  private static Device device(String name, int gpus) {
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.equals("cpu") || (wanted.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    Matcher gpu = GPU.matcher(wanted.equals("auto") ? "gpu" : wanted);
    if (!gpu.matches()) {
      throw EngineProblems.unknownDevice(name);
    }
    int number = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
    if (number >= gpus) {
      throw EngineProblems.absentDevice(name, gpus);
    }
    return Device.gpu(number);
  }

  /**
   * Starts libtorch's random numbers again: what follows depends on the seed and not on what went
   * before.
   */
  public void seed(int seed) {
    engine.setRandomSeed(seed);
  }

  /** Loads a TorchScript archive onto the device. */
  public TorchModule load(Path archive) {
    return TorchModule.load(archive, device);
  }

  /** Whether it multiplies bfloat16 in hardware: of NVIDIA's GPUs those from Ampere on. */
  public boolean bf16() {
    return device.isGpu()
        ? CudaUtils.getComputeCapability(device.getDeviceId()).compareTo(AMPERE) >= 0
        : ProcessorFlags.bf16();
  }

  /** {@code cpu} or {@code gpu:N}. */
  public String name() {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }

  /** The version of libtorch. */
  public String version() {
    return engine.getVersion();
  }
}
