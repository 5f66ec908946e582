package io.transferlearning.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The processor that computes: libtorch, started once in this process, and one or more of its
 * devices. Only what says so uses another than the first.
 */
public final class Processor {
  /** Compute capability 8.0 as DJL writes it. */
  private static final String AMPERE = "80";

  private final Engine engine;
  private final List<Device> devices;
  private final int threads;

  private Processor(Engine engine, List<Device> devices, int threads) {
    this.engine = engine;
    this.devices = devices;
    this.threads = threads;
  }

  /**
   * Starts libtorch.
   *
   * @param device {@code auto} (the first GPU, or the CPU where there is none), {@code cpu}, {@code
   *     gpu} (the first), {@code gpu:N}, or several: {@code gpu:N,M} or {@code gpu:all}
   * @param threads threads of an operation on the CPU, at least 1
   * @param seed of libtorch's random numbers
   * @throws io.transferlearning.problem.Problem for a device that is not there: falling back to the
   *     CPU in silence would cost hours
   */
  public static Processor start(String device, int threads, int seed) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine engine = Engine.getEngine("PyTorch");
    engine.setRandomSeed(seed);
    return new Processor(engine, Devices.of(device, engine.getGpuCount()), threads);
  }

  /**
   * The same with its first device in the place of several: what has a replica on each sees many.
   */
  public Processor times(int count) {
    return new Processor(engine, Collections.nCopies(count, devices.get(0)), threads);
  }

  /**
   * Starts libtorch's random numbers again: what follows depends on the seed and not on what went
   * before.
   */
  public void seed(int seed) {
    engine.setRandomSeed(seed);
  }

  /** Loads a TorchScript archive onto the first device. */
  public TorchModule load(Path archive) {
    return load(archive, 0);
  }

  /** Loads a TorchScript archive onto the device of this place, 0 to below {@link #devices}. */
  public TorchModule load(Path archive, int place) {
    return TorchModule.load(archive, devices.get(place));
  }

  /** How many devices there are, at least 1. */
  public int devices() {
    return devices.size();
  }

  /** Whether it is one or more GPUs. */
  public boolean gpu() {
    return devices.get(0).isGpu();
  }

  /** Whether all multiply bfloat16 in hardware: of NVIDIA's GPUs those from Ampere on. */
  public boolean bf16() {
    return devices.stream().allMatch(Processor::bf16);
  }

  private static boolean bf16(Device device) {
    return device.isGpu()
        ? CudaUtils.getComputeCapability(device.getDeviceId()).compareTo(AMPERE) >= 0
        : ProcessorFlags.bf16();
  }

  /** {@code cpu}, {@code gpu:N} or {@code gpu:N,M}. */
  public String name() {
    return Devices.name(devices);
  }

  /**
   * What the bits of a result can depend on beside the version: the kind of CPU and the number of
   * threads, which order sums; or the compute capability of GPUs.
   */
  public String kind() {
    return gpu()
        ? name() + " of compute capability " + capabilities()
        : "%s, %s threads".formatted(ProcessorFlags.kind(), threads);
  }

  private String capabilities() {
    return devices.stream()
        .map(device -> CudaUtils.getComputeCapability(device.getDeviceId()))
        .collect(Collectors.joining(","));
  }

  /** The version of libtorch. */
  public String version() {
    return engine.getVersion();
  }
}
