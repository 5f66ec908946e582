package io.transferlearning.data.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.PixelComparison;
import io.transferlearning.PixelComparison.Difference;
import io.transferlearning.ReferencePython;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Box;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.Resampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Photos of the scenes, or of the example project where those are not at hand: decoded, resized and
 * cut as by torchvision and Pillow.
 */
class PhotosLiveTest {
  private static final Path SCENES = Path.of("../../shared/scenes");
  private static final Path EXAMPLE = Path.of("../example-project/src/main/images");
  private static final int MOST = 120;

  private final PixelComparison comparison = new PixelComparison();

  @BeforeAll
  static void needsTorchvision() {
    ReferencePython.requireModules("PhotosLiveTest", "PIL, torch, torchvision");
  }

  @Test
  void photosAreDecodedResizedAndCutAsByPillow(@TempDir Path folder) throws IOException {
    List<Path> photos = photos();
    for (int i = 0; i < photos.size(); i++) {
      Pixels image = ImageDecoder.decode(photos.get(i));
      comparison.add("decoded", "decode", photos.get(i), image);
      for (Interpolation filter : Interpolation.values()) {
        evaluate(photos.get(i), image, filter, 256, 224);
        evaluate(photos.get(i), image, filter, 73, 64);
        evaluate(photos.get(i), image, filter, 40, 51);
        resize(image, filter, RandomStream.of(i, filter.name().length()));
      }
    }

    Map<String, Difference> differences = comparison.run(folder);

    assertThat(photos).hasSizeGreaterThan(50);
    assertThat(differences)
        .hasSize(11)
        .allSatisfy(
            (name, one) ->
                assertThat(one.worst())
                    .as(name)
                    // Given the same pixels, the same bytes; decoders may round a level apart.
                    .isLessThanOrEqualTo(name.startsWith("resized") ? 0 : 1));
  }

  private void evaluate(Path photo, Pixels image, Interpolation filter, int resize, int crop) {
    Preprocessing preprocessing =
        new Preprocessing(
            resize, crop, filter, Preprocessing.IMAGENET_MEAN, Preprocessing.IMAGENET_DEVIATION);
    String numbers = word(filter) + " " + resize + " " + crop;
    Pixels ours = new EvaluationTransform(preprocessing).crop(image);
    comparison.add("evaluated " + numbers, "evaluate " + numbers, photo, ours);
    comparison.add("resized for evaluation " + word(filter), "evaluate " + numbers, image, ours);
  }

  /** A random part to a random size: larger or smaller, odd or even. */
  private void resize(Pixels image, Interpolation filter, RandomStream random) {
    Box box = new RandomBox(0.02).draw(image.width(), image.height(), random);
    int width = 1 + random.nextInt(300);
    int height = 1 + random.nextInt(300);
    String corners =
        "%d %d %d %d"
            .formatted(box.left(), box.top(), box.left() + box.width(), box.top() + box.height());
    comparison.add(
        "resized " + word(filter),
        "resize %s %s %d %d".formatted(word(filter), corners, width, height),
        image,
        new Resampler(filter).resize(image, box, width, height));
  }

  private static String word(Interpolation filter) {
    return filter.name().toLowerCase(Locale.ROOT);
  }

  /** Some photos of every class. */
  private static List<Path> photos() throws IOException {
    try (Stream<Path> files = Files.walk(Files.isDirectory(SCENES) ? SCENES : EXAMPLE)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
      int step = Math.max(1, all.size() / MOST);
      return Stream.iterate(0, i -> i < all.size(), i -> i + step).map(all::get).toList();
    }
  }
}
