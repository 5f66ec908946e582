package io.transferlearning.training.features;

import io.transferlearning.data.LabeledImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;

/** Names images by their content. */
public final class ImageKeys {
  private ImageKeys() {}

  /** The SHA-256 of each image's file. */
  public static byte[][] of(List<LabeledImage> images) {
    byte[][] keys = new byte[images.size()][];
    IntStream.range(0, keys.length).parallel().forEach(i -> keys[i] = digest(images.get(i)));
    return keys;
  }

  /** The name of an image's mirror image. */
  public static byte[] flipped(byte[] key) {
    byte[] flipped = key.clone();
    for (int i = 0; i < flipped.length; i++) {
      flipped[i] = (byte) ~flipped[i];
    }
    return flipped;
  }

  private static byte[] digest(LabeledImage image) {
    try {
      return FeatureGroup.sha256().digest(Files.readAllBytes(image.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
