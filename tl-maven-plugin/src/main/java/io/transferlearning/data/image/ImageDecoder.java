package io.transferlearning.data.image;

import io.transferlearning.data.audit.DataAudit;
import io.transferlearning.problem.DataProblems;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads image files into RGB bytes, as Pillow's {@code convert("RGB")} does: alpha is dropped, grey
 * is repeated, palettes are looked up, inks are mixed, no colour profile is applied. 16-bit samples
 * keep their high byte. Of an animation, or of several pages, the first is read.
 *
 * <p>A photo's EXIF orientation is applied, as Pillow's {@code ImageOps.exif_transpose} does.
 * torchvision's {@code ImageFolder} leaves such photos lying on their side; a network learns better
 * from upright ones.
 */
public final class ImageDecoder {
  /**
   * What an image may have at most: the number from which Pillow warns of a decompression bomb. A
   * header of a few bytes can claim any size, and memory is taken by what it claims.
   */
  public static final long MOST_PIXELS = (1L << 30) / 4 / 3;

  /** What a file may have at most: the bytes of that many pixels, uncompressed. */
  public static final long MOST_BYTES = MOST_PIXELS * 4;

  /** TIFF's tag of what the samples mean, and its number for inks. */
  private static final int PHOTOMETRIC = 262;

  private static final int SEPARATED = 5;

  private ImageDecoder() {}

  /**
   * Decodes an image file. A file that ends early may be decoded with its missing part grey; {@link
   * DataAudit} finds those.
   *
   * @throws io.transferlearning.problem.Problem when the file can not be decoded
   */
  public static Pixels decode(Path file) {
    try {
      return decode(read(file), warning -> {});
    } catch (IOException e) {
      throw DataProblems.unreadableImage(file, e);
    }
  }

  /**
   * The bytes of an image file.
   *
   * @throws IOException where it can not be read, or is larger than {@link #MOST_BYTES}
   */
  public static byte[] read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new IOException("%d bytes are too many; at most %d".formatted(size, MOST_BYTES));
    }
    return Files.readAllBytes(file);
  }

  /**
   * Decodes the bytes of an image file.
   *
   * @param warnings takes what the decoder noticed and went on from, such as a premature end
   * @throws IOException when the bytes are of no known format, or broken, or of too many pixels
   */
  static Pixels decode(byte[] file, Consumer<String> warnings) throws IOException {
    ImageFormat format =
        ImageFormat.of(file)
            .orElseThrow(
                () ->
                    new IOException(
                        file.length == 0 ? "the file is empty" : "no known image format"));
    Pixels stored =
        format == ImageFormat.JPEG ? jpeg(file, warnings) : other(file, format, warnings);
    return Orientation.of(file, format).apply(stored);
  }

  private static Pixels jpeg(byte[] file, Consumer<String> warnings) throws IOException {
    JpegSegments segments = JpegSegments.of(file);
    byte[] plain = segments.forDecoder();
    return switch (segments.components()) {
      case Pixels.CHANNELS -> read(plain, ImageFormat.JPEG, warnings, RasterPixels::read);
      // The JDK does not decode inks to an image, only to their samples.
      case 4 -> read(plain, ImageFormat.JPEG, warnings, reader -> inks(reader, segments));
      default -> plain(plain, ImageFormat.JPEG, warnings);
    };
  }

  private static Pixels inks(ImageReader reader, JpegSegments segments) throws IOException {
    return segments.adobeTransform() == JpegSegments.YCCK
        ? InkPixels.ofYcck(reader.readRaster(0, null))
        : InkPixels.ofInvertedCmyk(reader.readRaster(0, null));
  }

  private static Pixels other(byte[] file, ImageFormat format, Consumer<String> warnings)
      throws IOException {
    return switch (format) {
      case GIF ->
          read(
              file,
              format,
              warnings,
              reader -> {
                GifScreen screen = GifScreen.of(file);
                requireSize(screen.width(), screen.height());
                return RasterPixels.of(screen.show(reader.read(0)));
              });
      case WEBP -> webp(WebpContainer.withoutProfile(file), warnings);
      case TIFF -> read(file, format, warnings, reader -> tiff(file, reader.read(0)));
      default -> plain(file, format, warnings);
    };
  }

  /** The JDK takes inks of 16 bits, and inks with alpha, for other colours. */
  private static Pixels tiff(byte[] file, BufferedImage image) throws IOException {
    int colours = TiffTags.number(ByteBuffer.wrap(file), PHOTOMETRIC).orElse(-1);
    return colours == SEPARATED ? RasterPixels.ofInks(image) : RasterPixels.of(image);
  }

  private static Pixels webp(byte[] file, Consumer<String> warnings) throws IOException {
    Optional<WebpCanvas> canvas = WebpCanvas.of(file);
    if (canvas.isEmpty()) {
      return plain(file, ImageFormat.WEBP, warnings);
    }
    requireSize(canvas.get().width(), canvas.get().height());
    return canvas.get().show(plain(file, ImageFormat.WEBP, warnings));
  }

  private static Pixels plain(byte[] file, ImageFormat format, Consumer<String> warnings)
      throws IOException {
    return read(file, format, warnings, reader -> RasterPixels.of(reader.read(0)));
  }

  /** What is done with a reader that has its input. */
  private interface Reading {
    Pixels from(ImageReader reader) throws IOException;
  }

  private static Pixels read(
      byte[] file, ImageFormat format, Consumer<String> warnings, Reading reading)
      throws IOException {
    ImageReader reader = ImageReaders.of(format);
    try (ImageInputStream input = new FileBytes(file)) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.accept(warning));
      reader.setInput(input, true, true);
      requireSize(reader.getWidth(0), reader.getHeight(0));
      return reading.from(reader);
    } catch (RuntimeException e) {
      // Broken files make readers throw these too: negative sizes, bad indices.
      throw new IOException("broken image: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private static void requireSize(int width, int height) throws IOException {
    if ((long) width * height > MOST_PIXELS) {
      throw new IOException(
          "%d x %d pixels are too many; at most %d".formatted(width, height, MOST_PIXELS));
    }
  }
}
