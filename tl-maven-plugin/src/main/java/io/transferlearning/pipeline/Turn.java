package io.transferlearning.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A machine's processors, for one training at a time. Threads of a convolution wait for each other
 * in loops that never let go: where two trainings want more threads together than there are
 * processors, each is more than a hundred times as slow as alone. So the second one waits, be it
 * another module's of {@code mvn -T} or another build's. The lock ends with its process.
 */
public final class Turn {
  /** The phase of a training that waits; another one begins when it has its turn. */
  public static final String WAITING = "waiting for another training on this machine";

  private static final String FILE = ".turn";

  private final @Nullable FileChannel channel;

  private Turn(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until no other training of the same shared folder computes, where two would be too many.
   * Where the file system knows no locks nobody waits. The caller begins a phase next: while {@link
   * #WAITING} is the last one, no time limit counts.
   *
   * @param shared the folder of what builds share
   * @param device as {@link io.transferlearning.engine.Processor#name} has it; GPUs are shared
   * @param threads of this training
   */
  static Turn take(Path shared, String device, int threads, Progress progress) {
    int processors = Runtime.getRuntime().availableProcessors();
    if (!device.equals("cpu") || !fills(threads, processors)) {
      return new Turn(null);
    }
    Turn turn = new Turn(open(shared));
    turn.await(progress, processors);
    return turn;
  }

  private static @Nullable FileChannel open(Path shared) {
    try {
      Path file = Files.createDirectories(shared).resolve(FILE);
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      return null;
    }
  }

  private void await(Progress progress, int processors) {
    try {
      if (channel != null && channel.tryLock() == null) {
        progress.phase(WAITING);
        progress.info(
            WAITING
                + ", for both would be slower at once; trainings of -Dtransfer.threads=%d run side by side"
                    .formatted(Math.max(1, processors / 2)));
        channel.lock();
      }
    } catch (IOException | OverlappingFileLockException e) {
      // No locks here, or this process has it: nothing to wait for.
    }
  }

  /** Whether two of so many threads are more than there are processors. */
  static boolean fills(int threads, int processors) {
    return threads > 1 && 2 * threads > processors;
  }

  /** Lets the next one compute. */
  void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
