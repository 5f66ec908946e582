package io.transferlearning.data.folder;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder that builds share, for one of them at a time: between threads and between processes. The
 * lock ends with its process. Its file stays: removing it while another waits for it would give the
 * lock to two.
 */
final class FolderLock implements AutoCloseable {
  static final String FILE = ".lock";
  private static final long POLL_MILLIS = 100;

  private final @Nullable FileChannel channel;

  private FolderLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until no other build has it. Where the file system knows no locks, or another user's file
   * is in the way, nobody waits.
   *
   * @throws InterruptedIOException where the thread is interrupted while it waits
   */
  static FolderLock take(Path folder) throws InterruptedIOException {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (tryLock(channel) == null) {
        Thread.sleep(POLL_MILLIS);
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      close(channel);
      return new FolderLock(null);
    } catch (InterruptedException e) {
      close(channel);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another build unpacks");
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

  /** Whether no other build can have the folder now. */
  boolean isHeld() {
    return channel != null;
  }

  /** Lets the next one have it. */
  @Override
  public void close() {
    close(channel);
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // It ends with the process then.
      return;
    }
  }
}
