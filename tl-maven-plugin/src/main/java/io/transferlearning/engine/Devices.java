package io.transferlearning.engine;

import ai.djl.Device;
import io.transferlearning.problem.EngineProblems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What users call the devices that compute. */
final class Devices {
  private static final Pattern GPUS = Pattern.compile("gpu:(\\d{1,4}(?:,\\d{1,4})*)");

  private Devices() {}

  /**
   * The devices of a name, at least one. {@code auto} and {@code gpu} never mean several: a batch
   * that is divided gives a slightly other model, so several are asked for.
   *
   * @param name {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:N}, {@code gpu:N,M} or {@code
   *     gpu:all}; case does not matter
   * @param gpus how many there are
   * @throws io.transferlearning.problem.Problem for a name that means nothing, a GPU that is not
   *     there or one that is named twice
   */
  static List<Device> of(String name, int gpus) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "cpu" -> List.of(Device.cpu());
      case "auto" -> List.of(gpus == 0 ? Device.cpu() : Device.gpu(0));
      case "gpu" -> numbered(name, IntStream.of(0), gpus);
      // Of none, the first is missed.
      case "gpu:all" -> numbered(name, IntStream.range(0, Math.max(1, gpus)), gpus);
      default -> listed(name, GPUS.matcher(wanted), gpus);
    };
  }

  private static List<Device> listed(String name, Matcher matcher, int gpus) {
    if (!matcher.matches()) {
      throw EngineProblems.unknownDevice(name);
    }
    return numbered(
        name, Stream.of(matcher.group(1).split(",", -1)).mapToInt(Integer::parseInt), gpus);
  }

  private static List<Device> numbered(String name, IntStream numbers, int gpus) {
    Set<Integer> seen = new HashSet<>();
    return numbers
        .mapToObj(
            number -> {
              if (number >= gpus) {
                throw EngineProblems.absentDevice(name, gpus);
              }
              if (!seen.add(number)) {
                throw EngineProblems.repeatedDevice(name, number);
              }
              return Device.gpu(number);
            })
        .toList();
  }

  /** {@code cpu}, {@code gpu:N} or {@code gpu:N,M}. */
  static String name(List<Device> devices) {
    return devices.get(0).isGpu()
        ? devices.stream()
            .map(device -> Integer.toString(device.getDeviceId()))
            .collect(Collectors.joining(",", "gpu:", ""))
        : "cpu";
  }
}
