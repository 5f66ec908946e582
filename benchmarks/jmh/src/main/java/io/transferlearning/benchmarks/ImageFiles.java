package io.transferlearning.benchmarks;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The images that are measured: all JPEG files below a folder. */
final class ImageFiles {
  private ImageFiles() {}

  static List<LabeledImage> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<LabeledImage> images =
          files
              .filter(file -> file.toString().endsWith(".jpg"))
              .sorted()
              .map(file -> new LabeledImage(file, folder.relativize(file).toString(), 0))
              .toList();
      if (images.isEmpty()) {
        throw new IllegalArgumentException("there are no .jpg files below " + folder);
      }
      return images;
    }
  }

  /** The first of them, decoded. */
  static Pixels[] decoded(List<LabeledImage> images, int most) {
    return images.stream()
        .limit(most)
        .map(image -> ImageDecoder.decode(image.file()))
        .toArray(Pixels[]::new);
  }

  /** ImageNet's preprocessing for an input of 224 pixels: the shorter side becomes 256 before. */
  static Preprocessing preprocessing(Interpolation interpolation) {
    return new Preprocessing(
        256, 224, interpolation, Preprocessing.IMAGENET_MEAN, Preprocessing.IMAGENET_DEVIATION);
  }
}
