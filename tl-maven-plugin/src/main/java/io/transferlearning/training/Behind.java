package io.transferlearning.training;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that finishes what its user begins, while the user goes on to the next piece. It is
 * never more than a piece behind, which bounds memory. For one user.
 */
final class Behind implements AutoCloseable {
  private final ExecutorService thread;
  private @Nullable Future<?> last;

  /** What is left to do of something. */
  interface Piece {
    void finish() throws IOException;
  }

  /** A thread of a name. */
  Behind(String name) {
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Takes a piece, when the one before is finished.
   *
   * @throws IOException why the one before could not be finished
   */
  void take(Piece piece) throws IOException {
    await();
    last =
        thread.submit(
            () -> {
              piece.finish();
              return null;
            });
  }

  /**
   * Waits until nothing is left to do.
   *
   * @throws IOException why the last piece could not be finished
   */
  void await() throws IOException {
    Future<?> waited = last;
    last = null;
    try {
      if (waited != null) {
        waited.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      } else if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a piece could not be finished", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Waits for the thread: what it works on may be closed next. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
