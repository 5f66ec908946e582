package io.transferlearning.data.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.data.transform.ImageTransform;
import io.transferlearning.data.transform.TrainingTransform;
import io.transferlearning.problem.Problem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
public class BatchLoaderTest {
  private static final Preprocessing SMALL =
      new Preprocessing(
          8,
          8,
          Preprocessing.Interpolation.BILINEAR,
          Preprocessing.IMAGENET_MEAN,
          Preprocessing.IMAGENET_DEVIATION);

  private final Path folder;
  private final List<LabeledImage> images = new ArrayList<>();

  BatchLoaderTest(@TempDir Path folder) {
    this.folder = folder;
    for (int i = 0; i < 10; i++) {
      Path file = SyntheticImage.writeNumbered(folder.resolve(i + ".png"), i);
      images.add(new LabeledImage(file, i + ".png", i % 3));
    }
  }

  @Test
  void batchesHaveTheImagesInOrderAndTheLastOneTheRest() {
    try (BatchLoader loader = loader(LoaderSpec.evaluation(4, 2), ImageCache.none())) {
      assertThat(loader.batches()).isEqualTo(3);
      List<Integer> sizes = new ArrayList<>();
      List<Integer> indices = new ArrayList<>();
      for (Iterator<Batch> epoch = loader.epoch(0); epoch.hasNext(); ) {
        Batch batch = epoch.next();
        sizes.add(batch.size());
        for (int i = 0; i < batch.size(); i++) {
          indices.add(batch.indices()[i]);
          assertThat(batch.labels()[i]).isEqualTo(batch.indices()[i] % 3);
          assertThat(image(batch, i))
              .isEqualTo(ImageDecoder.decode(images.get(batch.indices()[i]).file()).rgb());
        }
      }
      assertThat(sizes).containsExactly(4, 4, 2);
      assertThat(indices).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      assertThat(loader.waitedNanos()).isPositive();
    }
  }

  @Test
  void largeImagesAreMadeSmallerOnceAndSmallOnesAreLeft() throws IOException {
    List<LabeledImage> two = new ArrayList<>();
    for (int[] size : new int[][] {{60, 40}, {30, 10}}) {
      BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
      Path file = folder.resolve(size[0] + "-wide.png");
      ImageIO.write(image, "png", file.toFile());
      two.add(new LabeledImage(file, file.toString(), 0));
    }
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    ImageTransform looking =
        new ImageTransform() {
          @Override
          public int size() {
            return SMALL.crop();
          }

          @Override
          public void apply(Pixels image, RandomStream random, ByteBuffer target, int offset) {
            seen.add(image.width() + "x" + image.height());
          }
        };
    LoaderSpec spec = LoaderSpec.evaluation(2, 1).withShrinkTo(20);
    try (BatchLoader loader = new BatchLoader(two, looking, ImageCache.none(), spec)) {
      loader.epoch(0).next();
    }
    assertThat(seen).containsExactly("30x20", "30x10");
  }

  @Test
  void pixelsAreDirectLittleEndianAndAsLongAsTheBatch() {
    try (BatchLoader loader = loader(LoaderSpec.evaluation(16, 1), ImageCache.none())) {
      ByteBuffer pixels = loader.epoch(0).next().pixels();
      assertThat(pixels.isDirect()).isTrue();
      assertThat(pixels.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
      assertThat(pixels.remaining()).isEqualTo(10 * 8 * 8 * 3);
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    assertThat(epoch(1, 3, ImageCache.none())).isEqualTo(epoch(4, 3, ImageCache.none()));
    assertThat(epoch(1, 3, ImageCache.none())).isNotEqualTo(epoch(1, 4, ImageCache.none()));
  }

  @Test
  void largeImagesAreShrunkBeforeAnythingElse() {
    Path file =
        SyntheticImage.write(
            folder.resolve("large.png"),
            SyntheticImage.encoded(SyntheticImage.image(SyntheticImage.pixels(60, 40)), "png"));
    List<Pixels> seen = new ArrayList<>();
    ImageCache cache =
        (index, decoder) -> {
          seen.add(decoder.get());
          return seen.get(0);
        };
    try (BatchLoader loader =
        new BatchLoader(
            List.of(new LabeledImage(file, "large.png", 0)),
            new TrainingTransform(SMALL),
            cache,
            new LoaderSpec(1, 1, 1, 0, null, 20))) {
      loader.epoch(0).next();
    }
    assertThat(seen.get(0).width()).isEqualTo(30);
    assertThat(seen.get(0).height()).isEqualTo(20);
  }

  @Test
  void noMoreIsMadeAheadThanThePrefetchSays() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    ImageTransform counting =
        new ImageTransform() {
          @Override
          public int size() {
            return SMALL.crop();
          }

          @Override
          public void apply(Pixels image, RandomStream random, ByteBuffer target, int offset) {
            made.incrementAndGet();
          }
        };
    LoaderSpec spec = new LoaderSpec(2, 3, 2, 0, null, 0);
    try (BatchLoader loader = new BatchLoader(images, counting, ImageCache.none(), spec)) {
      Iterator<Batch> epoch = loader.epoch(0);
      assertThat(settled(made, 4)).as("two batches of two").isEqualTo(4);
      epoch.next();
      assertThat(settled(made, 6)).as("one in use, two ahead").isEqualTo(6);
    }
  }

  /** What a number stays at, once it has come to what is expected or its time is over. */
  private static int settled(AtomicInteger number, int expected) throws InterruptedException {
    for (int i = 0; i < 1000 && number.get() < expected; i++) {
      Thread.sleep(10);
    }
    Thread.sleep(50);
    return number.get();
  }

  @Test
  void abandonedEpochsLeaveTheNextOneWhole() {
    try (BatchLoader loader = loader(LoaderSpec.training(2, 3, 42), ImageCache.none())) {
      for (int i = 0; i < 20; i++) {
        loader.epoch(i).next();
      }
      assertThat(rest(loader.epoch(3))).isEqualTo(epoch(1, 3, ImageCache.none()));
    }
  }

  @Test
  void whatIsPreparedIsWhatWouldHaveCome() {
    try (BatchLoader loader = loader(LoaderSpec.training(2, 3, 42), ImageCache.none())) {
      loader.prepare(1);
      Iterator<Batch> first = loader.epoch(1);
      Batch batch = first.next();
      byte[] pixels = image(batch, 0);
      loader.prepare(3);
      loader.prepare(2);
      assertThat(image(batch, 0)).as("still valid").isEqualTo(pixels);
      while (first.hasNext()) {
        first.next();
      }
      assertThat(rest(loader.epoch(2))).isEqualTo(epoch(1, 2, ImageCache.none()));
      loader.prepare(7);
      assertThat(rest(loader.epoch(3))).isEqualTo(epoch(1, 3, ImageCache.none()));
    }
  }

  @Test
  void aBrokenImageReachesTheConsumer() {
    Path broken = SyntheticImage.write(folder.resolve("0.png"), new byte[] {1});
    try (BatchLoader loader = loader(LoaderSpec.evaluation(4, 2), ImageCache.none())) {
      Iterator<Batch> epoch = loader.epoch(0);
      assertThatThrownBy(epoch::next)
          .isInstanceOf(Problem.class)
          .hasMessageStartingWith("the image " + broken + " can not be read");
    }
  }

  @Test
  void closingEndsTheThreadsAndTheLoader() throws InterruptedException {
    BatchLoader loader = loader(LoaderSpec.training(1, 2, 42), ImageCache.none());
    Iterator<Batch> epoch = loader.epoch(0);
    epoch.next();
    List<Thread> workers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("image loader "))
            .toList();
    assertThat(workers).isNotEmpty();
    loader.close();
    for (Thread worker : workers) {
      // A pool is terminated a moment before the last of its threads is.
      worker.join(10_000);
      assertThat(worker.isAlive()).isFalse();
    }
    assertThatThrownBy(() -> loader.epoch(1)).hasMessage("the loader is closed");
    assertThatThrownBy(epoch::next).hasMessage("the loader is closed");
  }

  @Test
  void anEpochEnds() {
    try (BatchLoader loader = loader(LoaderSpec.evaluation(10, 1), ImageCache.none())) {
      Iterator<Batch> epoch = loader.epoch(0);
      epoch.next();
      assertThat(epoch.hasNext()).isFalse();
      assertThatThrownBy(epoch::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  private BatchLoader loader(LoaderSpec spec, ImageCache cache) {
    ImageTransform transform =
        spec.sampling() != null ? new TrainingTransform(SMALL) : new EvaluationTransform(SMALL);
    return new BatchLoader(images, transform, cache, spec);
  }

  private List<String> epoch(int threads, int number, ImageCache cache) {
    try (BatchLoader loader = loader(LoaderSpec.training(2, threads, 42), cache)) {
      return rest(loader.epoch(number));
    }
  }

  /** All that is left of an epoch, as text: indices, labels and pixels. */
  private static List<String> rest(Iterator<Batch> epoch) {
    List<String> all = new ArrayList<>();
    while (epoch.hasNext()) {
      Batch batch = epoch.next();
      all.add(Arrays.toString(batch.indices()) + Arrays.toString(batch.labels()));
      for (int i = 0; i < batch.size(); i++) {
        all.add(Arrays.toString(image(batch, i)));
      }
    }
    return all;
  }

  private static byte[] image(Batch batch, int position) {
    byte[] rgb = new byte[8 * 8 * 3];
    batch.pixels().get(position * rgb.length, rgb);
    return rgb;
  }
}
