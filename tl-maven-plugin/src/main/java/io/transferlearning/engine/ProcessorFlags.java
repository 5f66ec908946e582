package io.transferlearning.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system says that the CPU can do: Linux's {@code /proc/cpuinfo}. */
final class ProcessorFlags {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Pattern LINE = Pattern.compile("(?:flags|Features)\\s*:\\s*(.*)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /**
   * Products of bfloat16 in hardware: AVX-512's and AMX's on x86-64, and Arm's. Without one of them
   * libtorch computes them, too, but more slowly than those of fp32.
   */
  private static final List<String> BF16 = List.of("avx512_bf16", "amx_bf16", "bf16");

  private ProcessorFlags() {}

  /** Whether this machine multiplies bfloat16 in hardware; no where it does not say. */
  static boolean bf16() {
    try {
      return bf16(Files.readString(CPUINFO));
    } catch (IOException e) {
      return false;
    }
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
