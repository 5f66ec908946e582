package io.transferlearning.fork;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;

/** Three classes that a network tells apart at once: stripes of one colour each, no two alike. */
final class SmallDataset {
  private static final int SIZE = 64;
  private static final Map<String, Color> CLASSES =
      Map.of("fire", Color.RED, "grass", Color.GREEN, "water", Color.BLUE);

  private SmallDataset() {}

  /** Writes train, val and test folders below {@code folder}; returns it. */
  static Path write(Path folder) throws IOException {
    for (Map.Entry<String, Color> one : CLASSES.entrySet()) {
      write(folder.resolve("train").resolve(one.getKey()), one.getValue(), 0, 16);
      write(folder.resolve("val").resolve(one.getKey()), one.getValue(), 16, 20);
      write(folder.resolve("test").resolve(one.getKey()), one.getValue(), 20, 24);
    }
    return folder;
  }

  private static void write(Path folder, Color color, int from, int to) throws IOException {
    Files.createDirectories(folder);
    for (int number = from; number < to; number++) {
      ImageIO.write(stripes(color, number), "png", folder.resolve(number + ".png").toFile());
    }
  }

  private static BufferedImage stripes(Color color, int number) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(number * 5, number * 5, number * 5));
    graphics.fillRect(0, 0, SIZE, SIZE);
    graphics.setColor(color);
    for (int at = number % 7; at < SIZE; at += 6 + number % 5) {
      graphics.fillRect(at, 0, 3, SIZE);
    }
    graphics.dispose();
    return image;
  }
}
