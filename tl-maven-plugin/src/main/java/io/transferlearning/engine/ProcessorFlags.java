package io.transferlearning.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system says of the CPU: Linux's {@code /proc/cpuinfo}. */
final class ProcessorFlags {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Pattern LINE = Pattern.compile("(?:flags|Features)\\s*:\\s*(.*)");
  private static final Pattern FACT = Pattern.compile("([^:]*?)\\s*:\\s*(.*)");

  /** What tells kinds of CPUs apart, on x86-64 and on Arm; what they can do is their flags. */
  private static final List<String> KIND =
      List.of(
          "model name",
          "cpu family",
          "model",
          "CPU implementer",
          "CPU architecture",
          "CPU part",
          "flags",
          "Features");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /**
   * Products of bfloat16 in hardware: AVX-512's and AMX's on x86-64, and Arm's. Without one of them
   * libtorch computes them, too, but more slowly than those of fp32.
   */
  private static final List<String> BF16 = List.of("avx512_bf16", "amx_bf16", "bf16");

  private ProcessorFlags() {}

  /** Whether this machine multiplies bfloat16 in hardware; no where it does not say. */
  static boolean bf16() {
    return bf16(cpuinfo());
  }

  /**
   * A name of this kind of CPU, the same for two that compute the same: libtorch and oneDNN choose
   * their kernels by it. Only the architecture's where the system does not say.
   */
  static String kind() {
    return kind(cpuinfo());
  }

  private static String cpuinfo() {
    try {
      return Files.readString(CPUINFO);
    } catch (IOException e) {
      return "";
    }
  }

  static String kind(String cpuinfo) {
    // The first processor's: the others are alike, or nobody can say which computes.
    Map<String, String> facts = new LinkedHashMap<>();
    cpuinfo
        .lines()
        .map(FACT::matcher)
        .filter(Matcher::matches)
        .filter(line -> KIND.contains(line.group(1)))
        .forEach(line -> facts.putIfAbsent(line.group(1), line.group(2)));
    String name = facts.getOrDefault("model name", System.getProperty("os.arch"));
    return facts.isEmpty() ? name : name + " %08x".formatted(facts.hashCode());
  }

  static boolean bf16(String cpuinfo) {
    return cpuinfo
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> List.of(BLANKS.split(line.group(1).strip())))
        .anyMatch(flags -> BF16.stream().anyMatch(flags::contains));
  }
}
