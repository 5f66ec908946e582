package io.transferlearning.data.image;

import io.transferlearning.data.audit.DataAudit;
import io.transferlearning.problem.DataProblems;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads image files into RGB bytes, as Pillow's {@code convert("RGB")} does: alpha is dropped, grey
 * is repeated, palettes are looked up, inks are mixed, no colour profile is applied. 16-bit samples
 * keep their high byte. Of an animation the first frame is read. A photo's EXIF orientation is not
 * applied.
 */
public final class ImageDecoder {
  private ImageDecoder() {}

  /**
   * Decodes an image file. A file that ends early may be decoded with its missing part grey; {@link
   * DataAudit} finds those.
   *
   * @throws io.transferlearning.problem.Problem when the file can not be decoded
   */
  public static Pixels decode(Path file) {
    try {
      return decode(Files.readAllBytes(file), warning -> {});
    } catch (IOException e) {
      throw DataProblems.unreadableImage(file, e);
    }
  }

  /**
   * Decodes the bytes of an image file.
   *
   * @param warnings takes what the decoder noticed and went on from, such as a premature end
   * @throws IOException when the bytes are of no known format, or broken
   */
  static Pixels decode(byte[] bytes, Consumer<String> warnings) throws IOException {
    // In memory: ImageIO's default is a cache file for each image.
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(ColorProfiles.removed(bytes)))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new IOException(bytes.length == 0 ? "the file is empty" : "no known image format");
      }
      ImageReader reader = readers.next();
      try {
        reader.addIIOReadWarningListener((source, warning) -> warnings.accept(warning));
        reader.setInput(input, true, true);
        return RasterPixels.of(read(reader));
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage read(ImageReader reader) throws IOException {
    try {
      return reader.read(0);
    } catch (RuntimeException e) {
      // Broken files make the JDK's readers throw these too: negative sizes, bad indices.
      throw new IOException("broken image: " + e, e);
    }
  }
}
