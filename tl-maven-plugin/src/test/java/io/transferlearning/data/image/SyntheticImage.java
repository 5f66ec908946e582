package io.transferlearning.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Images made by a formula, in memory and as files. */
public final class SyntheticImage {
  private SyntheticImage() {}

  /** Ramps, edges and noise; the same formula as in {@code pillow_golden.py}. */
  public static Pixels pixels(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rgb[at++] = (byte) (x * 7 + y * 3);
        rgb[at++] = (byte) ((((x >> 2) + (y >> 2)) & 1) == 1 ? 255 : 0);
        rgb[at++] = (byte) (x * x * 31 + y * y * 17 + x * y * 13);
      }
    }
    return new Pixels(width, height, rgb);
  }

  /** One colour. */
  public static BufferedImage plain(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  public static BufferedImage image(Pixels pixels) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < pixels.width() * pixels.height(); i++) {
      byte[] rgb = pixels.rgb();
      int color =
          (rgb[i * 3] & 0xFF) << 16 | (rgb[i * 3 + 1] & 0xFF) << 8 | (rgb[i * 3 + 2] & 0xFF);
      image.setRGB(i % pixels.width(), i / pixels.width(), color);
    }
    return image;
  }

  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer of " + format + " for " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes a file and the folders above it. */
  public static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image file of one colour that no other {@code number} has. */
  public static Path writeNumbered(Path file, int number) {
    return write(file, encoded(plain(8, 8, number * 2654435 & 0xFFFFFF), "png"));
  }
}
