package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BehindTest {
  private final List<Integer> done = new CopyOnWriteArrayList<>();

  @Test
  void piecesAreFinishedInOrderWhileTheUserGoesOn() throws IOException {
    CountDownLatch open = new CountDownLatch(1);
    try (Behind behind = new Behind("test")) {
      behind.take(
          () -> {
            await(open);
            done.add(1);
          });
      // Not waited for: this line would not be reached.
      open.countDown();
      behind.take(() -> done.add(2));
      behind.take(() -> done.add(3));
      behind.await();
      assertThat(done).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aPieceIsTakenWhenTheOneBeforeIsFinished() throws IOException {
    AtomicBoolean running = new AtomicBoolean();
    try (Behind behind = new Behind("test")) {
      for (int i = 0; i < 100; i++) {
        behind.take(
            () -> {
              running.set(true);
              Thread.onSpinWait();
              running.set(false);
            });
        behind.take(() -> assertThat(running).isFalse());
      }
      behind.await();
    }
  }

  @Test
  void aFailureIsToldOnceToWhoeverAsksNext() throws IOException {
    try (Behind behind = new Behind("test")) {
      behind.take(
          () -> {
            throw new IOException("No space left on device");
          });
      assertThatThrownBy(() -> behind.take(() -> done.add(1)))
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
      behind.take(() -> done.add(2));
      behind.await();
    }
    assertThat(done).containsExactly(2);
  }

  @Test
  void closingWaitsForWhatRuns() throws IOException {
    CountDownLatch open = new CountDownLatch(1);
    try (Behind behind = new Behind("test")) {
      behind.take(
          () -> {
            await(open);
            done.add(1);
          });
      new Thread(open::countDown).start();
    }
    assertThat(done).containsExactly(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
