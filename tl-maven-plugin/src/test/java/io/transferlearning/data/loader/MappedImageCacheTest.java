package io.transferlearning.data.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.SyntheticImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MappedImageCacheTest {
  private static final int BYTES = 5 * 4 * 3 + 8;

  private final Path file;
  private final AtomicInteger made = new AtomicInteger();

  MappedImageCacheTest(@TempDir Path folder) {
    this.file = folder.resolve("images");
  }

  @Test
  void anImageIsMadeOnceAndComesBackBitForBit() throws IOException {
    try (ImageCache cache = MappedImageCache.open(file, 3, 1000)) {
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 3; i++) {
          assertSame(get(cache, i), SyntheticImage.pixels(5, 2 + i));
        }
      }
    }
    assertThat(made).hasValue(3);
  }

  @Test
  void beyondItsBudgetItKeepsWhatItHas() throws IOException {
    try (ImageCache cache = MappedImageCache.open(file, 4, 2 * BYTES)) {
      for (int pass = 0; pass < 3; pass++) {
        for (int i = 0; i < 4; i++) {
          cache.get(i, () -> make(5, 4));
        }
      }
    }
    assertThat(made).hasValue(4 + 2 + 2);
  }

  @Test
  void whatCanNotBeWrittenIsMadeAgain() throws IOException {
    ScratchFile broken = ScratchFile.create(file, 1000, 1000, true);
    try (ImageCache cache = new MappedImageCache(broken, 2)) {
      assertSame(get(cache, 0), SyntheticImage.pixels(5, 2));
      broken.close();
      assertSame(get(cache, 0), SyntheticImage.pixels(5, 2));
      assertSame(get(cache, 1), SyntheticImage.pixels(5, 3));
      assertSame(get(cache, 1), SyntheticImage.pixels(5, 3));
    }
    assertThat(made).hasValue(4);
  }

  @Test
  void threadsWriteAndReadAtTheSameTime() throws Exception {
    int images = 200;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    // Maps so small that many are made.
    try (ImageCache cache =
        new MappedImageCache(ScratchFile.create(file, 1 << 20, 4096, true), images)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = thread * 25;
        tasks.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 4 * images; i++) {
                    int index = (first + i) % images;
                    assertSame(get(cache, index), SyntheticImage.pixels(5, 2 + index));
                  }
                }));
      }
      for (Future<?> task : tasks) {
        requireDone(task);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(made.get()).isBetween(images, 8 * images);
  }

  private static void requireDone(Future<?> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private Pixels get(ImageCache cache, int index) {
    return cache.get(index, () -> make(5, 2 + index));
  }

  private Pixels make(int width, int height) {
    made.incrementAndGet();
    return SyntheticImage.pixels(width, height);
  }

  private static void assertSame(Pixels found, Pixels wanted) {
    assertThat(found.width()).isEqualTo(wanted.width());
    assertThat(found.height()).isEqualTo(wanted.height());
    assertThat(found.rgb()).isEqualTo(wanted.rgb());
  }
}
