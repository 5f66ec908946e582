package io.transferlearning.weights.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Work under a lock that holds between threads and between processes, and ends with its process.
 * The file stays: removing it while another waits for it would give the lock to two.
 */
final class FileLocked {
  private static final long POLL_MILLIS = 100;

  private FileLocked() {}

  /** What is done under the lock. */
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Waits for the lock and does the work.
   *
   * @param file the file that is locked; created where there is none
   * @param waiting called once, if another holds it
   */
  static <T> T run(Path file, Runnable waiting, Work<T> work)
      throws IOException, InterruptedException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      boolean told = false;
      while (tryLock(channel) == null) {
        if (!told) {
          waiting.run();
          told = true;
        }
        Thread.sleep(POLL_MILLIS);
      }
      return work.run();
    }
  }

  /** Held by another thread of this JVM, which is an exception, or by another process. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
