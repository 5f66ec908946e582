package io.transferlearning.data.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.data.transform.ImageTransform;
import io.transferlearning.data.transform.TrainingTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is loaded does not depend on what is kept. */
@Timeout(60)
class CachedLoadingTest {
  private static final Preprocessing SMALL =
      new Preprocessing(
          9,
          8,
          Interpolation.BILINEAR,
          Preprocessing.IMAGENET_MEAN,
          Preprocessing.IMAGENET_DEVIATION);

  private final Path folder;
  private final List<LabeledImage> images = new ArrayList<>();

  CachedLoadingTest(@TempDir Path folder) {
    this.folder = folder;
    for (int i = 0; i < 10; i++) {
      Path file = SyntheticImage.writeNumbered(folder.resolve(i + ".png"), i);
      images.add(new LabeledImage(file, i + ".png", i % 3));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCacheOfAnySizeChangesNothingInAnyEpoch(boolean training) throws IOException {
    List<String> wanted = epochs(training, ImageCache.none());
    assertThat(wanted).doesNotHaveDuplicates();
    for (long budget : new long[] {0, 250, 1000, 1 << 20}) {
      try (ImageCache cache = MappedImageCache.open(folder.resolve("cache"), 10, budget)) {
        assertThat(epochs(training, cache)).isEqualTo(wanted);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void epochsAfterTheFirstDoNotDecode(boolean training) throws IOException {
    List<String> wanted = epochs(training, ImageCache.none());
    try (ImageCache cache = MappedImageCache.open(folder.resolve("cache"), 10, 1 << 20)) {
      epochs(training, cache);
      for (LabeledImage image : images) {
        Files.delete(image.file());
      }
      assertThat(epochs(training, cache)).isEqualTo(wanted);
    }
  }

  /** Two epochs of training, or one of evaluation: indices, labels and pixels as text. */
  private List<String> epochs(boolean training, ImageCache cache) {
    ImageTransform transform =
        training ? new TrainingTransform(SMALL) : new EvaluationTransform(SMALL);
    LoaderSpec spec = training ? LoaderSpec.training(4, 3, 42) : LoaderSpec.evaluation(4, 3);
    List<String> all = new ArrayList<>();
    try (BatchLoader loader = new BatchLoader(images, transform, cache, spec)) {
      for (int epoch = 1; epoch <= (training ? 2 : 1); epoch++) {
        for (Iterator<Batch> batches = loader.epoch(epoch); batches.hasNext(); ) {
          all.add(text(batches.next()));
        }
      }
    }
    return all;
  }

  private static String text(Batch batch) {
    byte[] pixels = new byte[batch.pixels().remaining()];
    batch.pixels().get(0, pixels);
    return Arrays.toString(batch.indices())
        + Arrays.toString(batch.labels())
        + Arrays.toString(pixels);
  }
}
