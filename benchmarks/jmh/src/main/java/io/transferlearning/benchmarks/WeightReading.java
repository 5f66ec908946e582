package io.transferlearning.benchmarks;

import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.WeightFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Our side of {@code benchmarks/weights.py}: {@code ROUNDS FILE...}. Prints for each file a line
 * {@code FILE READ FLOATS}: the least milliseconds of processor time of all rounds for reading it, and
 * for having all its weights as floats on the heap.
 */
public final class WeightReading {
  private WeightReading() {}

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Measures and prints. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      Path file = Path.of(arguments[i]);
      double read = Double.MAX_VALUE;
      double floats = Double.MAX_VALUE;
      for (int round = 0; round < rounds; round++) {
        long start = cpu();
        StateDict state = WeightFile.read(file);
        read = Math.min(read, (cpu() - start) / 1e6);
        long elements = 0;
        for (Tensor tensor : state.tensors().values()) {
          elements += tensor.type().isFloating() ? tensor.toFloats().length : 0;
        }
        if (elements == 0) {
          throw new IllegalStateException("no weights in " + file);
        }
        floats = Math.min(floats, (cpu() - start) / 1e6);
      }
      System.out.printf(Locale.ROOT, "%s %.1f %.1f%n", file.getFileName(), read, floats);
    }
  }
}
