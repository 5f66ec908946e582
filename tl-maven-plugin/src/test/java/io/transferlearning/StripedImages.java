package io.transferlearning;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A set that any network can learn: three classes that differ in colour and in their stripes. */
public final class StripedImages {
  /** Names of the classes, in the order of their labels. */
  public static final List<String> CLASSES = List.of("blue", "green", "red");

  private static final int SIZE = 64;

  private StripedImages() {}

  /** Writes 4 training, 2 validation and 2 test images of each class; returns the folder. */
  public static Path write(Path folder) throws IOException {
    for (int label = 0; label < CLASSES.size(); label++) {
      for (int number = 0; number < 8; number++) {
        String split = number < 4 ? "train" : number < 6 ? "val" : "test";
        Path ofClass = folder.resolve(split).resolve(CLASSES.get(label));
        Files.createDirectories(ofClass);
        ImageIO.write(
            image(label, number), "png", ofClass.resolve("image" + number + ".png").toFile());
      }
    }
    return folder;
  }

  /** One image; no two numbers give the same. */
  public static BufferedImage image(int label, int number) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int along = label == 0 ? x : label == 1 ? y : x + y;
        int value = along / (4 + number) % 2 == 0 ? 250 - 5 * number : 60;
        image.setRGB(x, y, value << (8 * label) | 0x202020);
      }
    }
    return image;
  }
}
