package io.transferlearning.training;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A program that trains, and limits its own memory to less than that takes. The limits lie between
 * what was measured for a batch in quarters, in halves and whole, in this same process.
 */
final class LimitedMemory {
  private static final int SIDE = 256;

  private LimitedMemory() {}

  /**
   * Writes a line for everything that happens.
   *
   * @param arguments a folder to work in
   */
  public static void main(String[] arguments) throws Exception {
    TrainingTask task =
        SmallTask.heard(
            SmallTask.seen(
                SmallTask.of(Path.of(arguments[0]), SmallTask.SQUEEZENET, 1),
                Preprocessing.imagenet(SIDE)),
            new Listener() {
              @Override
              public void halved(int batchSize, int accumulation) {
                System.out.println("halved " + batchSize + " x " + accumulation);
              }
            });
    Recipe recipe = Recipe.fineTuning().withBatchSize(Steps.IMAGES);
    Steps steps = new Steps(task, recipe, SmallTask.random(task.network(), 1));
    long quarters = peak(steps, 4);
    Steps.End expected = steps.on(1, 2);
    long halves = peak();
    long whole = peak(steps, 1);
    System.out.printf("peaks %d %d %d MiB%n", quarters >> 20, halves >> 20, whole >> 20);

    limit((halves + whole) / 2);
    Steps.End halved = steps.on(1, 1);
    System.out.println("same bytes " + halved.first().equals(expected.first()));
    limit((quarters + halves) / 2);
    System.out.println("problem " + problem(steps));
    Runtime.getRuntime().halt(0);
  }

  private static @Nullable String problem(Steps steps) throws IOException {
    try {
      steps.on(1, 1);
      return null;
    } catch (Problem problem) {
      return problem.getMessage();
    }
  }

  private static long peak(Steps steps, int parts) throws IOException {
    steps.on(1, parts);
    return peak();
  }

  /** The most address space that this process has had, in bytes. */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmPeak:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  private static void limit(long bytes) throws Exception {
    String pid = Long.toString(ProcessHandle.current().pid());
    // The soft limit alone, which can be raised again.
    int status =
        new ProcessBuilder("prlimit", "--pid", pid, "--as=" + bytes + ":")
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("prlimit ended with " + status);
    }
  }
}
