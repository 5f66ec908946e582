package io.transferlearning.data.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.Sampling;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.data.transform.ColorJitter;
import io.transferlearning.data.transform.TrainingTransform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The random numbers of an image belong to (seed, epoch, image), whoever draws them. */
@Timeout(60)
class AugmentedLoadingTest {
  private static final Preprocessing SMALL =
      new Preprocessing(
          18,
          16,
          Interpolation.BILINEAR,
          Preprocessing.IMAGENET_MEAN,
          Preprocessing.IMAGENET_DEVIATION);
  private static final Augmentation EVERYTHING =
      Augmentation.STRONG
          .withRotation(30)
          .withErasing(0.5)
          .withJitter(new ColorJitter(0.4, 0.4, 0.4, 0.1));

  /** Eight of class 0, two of class 1. */
  private final List<LabeledImage> images = new ArrayList<>();

  AugmentedLoadingTest(@TempDir Path folder) {
    for (int i = 0; i < 10; i++) {
      Path file = SyntheticImage.writeNumbered(folder.resolve(i + ".png"), i);
      images.add(new LabeledImage(file, i + ".png", i < 8 ? 0 : 1));
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    for (Sampling sampling : Sampling.values()) {
      List<String> wanted = epochs(EVERYTHING, sampling, 1);
      assertThat(epochs(EVERYTHING, sampling, 2)).isEqualTo(wanted);
      assertThat(epochs(EVERYTHING, sampling, 7)).isEqualTo(wanted);
      assertThat(wanted).doesNotHaveDuplicates();
    }
  }

  @Test
  void anImageThatComesAgainInAnEpochComesInAnotherWay() {
    Map<Integer, List<String>> views = new TreeMap<>();
    try (BatchLoader loader = loader(EVERYTHING, Sampling.BALANCED, 2)) {
      for (Iterator<Batch> batches = loader.epoch(1); batches.hasNext(); ) {
        Batch batch = batches.next();
        for (int i = 0; i < batch.size(); i++) {
          views.computeIfAbsent(batch.indices()[i], index -> new ArrayList<>()).add(text(batch, i));
        }
      }
    }
    assertThat(views.values().stream().mapToInt(List::size).sum()).isEqualTo(10);
    assertThat(views.getOrDefault(8, List.of())).hasSizeGreaterThan(1);
    assertThat(views.values()).allSatisfy(each -> assertThat(each).doesNotHaveDuplicates());
  }

  @Test
  void whatIsLeftOfAnEpochIsWhatTheWholeOneEndsWith() {
    for (Sampling sampling : Sampling.values()) {
      try (BatchLoader loader = loader(EVERYTHING, sampling, 2)) {
        List<String> whole = images(loader.epoch(1));
        // Batches of three.
        assertThat(images(loader.epoch(1, 2))).isEqualTo(whole.subList(6, 10));
      }
    }
  }

  @Test
  void aBatchTakesNoMoreMemoryThanThereAreImages() {
    LoaderSpec spec = LoaderSpec.training(Integer.MAX_VALUE, 2, 42, Sampling.SHUFFLED);
    TrainingTransform transform = new TrainingTransform(SMALL, EVERYTHING);

    try (BatchLoader loader = new BatchLoader(images, transform, ImageCache.none(), spec)) {
      assertThat(loader.batches()).isEqualTo(1);
      assertThat(loader.epoch(1).next().pixels().capacity()).isEqualTo(10 * transform.bytes());
    }
  }

  @Test
  void withoutAugmentationEveryEpochHasTheSamePixels() {
    assertThat(new TrainingTransform(SMALL, Augmentation.NONE).isRandom()).isFalse();
    List<String> all = epochs(Augmentation.NONE, Sampling.SHUFFLED, 2);
    assertThat(all.subList(0, 10)).containsExactlyInAnyOrderElementsOf(all.subList(10, 20));
  }

  /** The images of two epochs as text. */
  private List<String> epochs(Augmentation augmentation, Sampling sampling, int threads) {
    List<String> all = new ArrayList<>();
    try (BatchLoader loader = loader(augmentation, sampling, threads)) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        all.addAll(images(loader.epoch(epoch)));
      }
    }
    return all;
  }

  private static List<String> images(Iterator<Batch> batches) {
    List<String> all = new ArrayList<>();
    while (batches.hasNext()) {
      Batch batch = batches.next();
      for (int i = 0; i < batch.size(); i++) {
        all.add(batch.indices()[i] + text(batch, i));
      }
    }
    return all;
  }

  private BatchLoader loader(Augmentation augmentation, Sampling sampling, int threads) {
    return new BatchLoader(
        images,
        new TrainingTransform(SMALL, augmentation),
        ImageCache.none(),
        LoaderSpec.training(3, threads, 42, sampling));
  }

  private static String text(Batch batch, int position) {
    byte[] rgb = new byte[16 * 16 * 3];
    batch.pixels().get(position * rgb.length, rgb);
    return Arrays.toString(rgb);
  }
}
