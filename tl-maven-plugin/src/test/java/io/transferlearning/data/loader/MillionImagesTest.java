package io.transferlearning.data.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.data.transform.TrainingTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A million images in the list, which is one image many times, as a loader does not know names. */
@Tag("sweep")
@Timeout(300)
class MillionImagesTest {
  private static final int IMAGES = 1_000_000;
  private static final Preprocessing SMALL =
      new Preprocessing(
          8,
          8,
          Interpolation.BILINEAR,
          Preprocessing.IMAGENET_MEAN,
          Preprocessing.IMAGENET_DEVIATION);

  @Test
  void anEpochStartsAndEachImageTakesAFewBytes(@TempDir Path folder) throws IOException {
    Path file = SyntheticImage.writeNumbered(folder.resolve("0.png"), 0);
    LabeledImage image = new LabeledImage(file, "0.png", 0);
    // Small, so that the cache is full early and the rest decodes.
    long budget = 1 << 20;
    long before = used();
    try (ImageCache cache = MappedImageCache.open(folder.resolve("cache"), IMAGES, budget);
        BatchLoader loader =
            new BatchLoader(
                Collections.nCopies(IMAGES, image),
                new TrainingTransform(SMALL),
                cache,
                LoaderSpec.training(32, 2, 42))) {
      assertThat(loader.batches()).isEqualTo(31_250);
      Iterator<Batch> epoch = loader.epoch(1);
      for (int batch = 0; batch < 500; batch++) {
        assertThat(epoch.next().size()).isEqualTo(32);
      }
      // The order, where each image is kept, and the list of references are 16 bytes an image; the
      // rest is classes and buffers, whose number does not grow.
      assertThat((used() - before) / IMAGES).isLessThan(50);
      loader.prepare(2);
      assertThat(loader.epoch(2).next().size()).isEqualTo(32);
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
