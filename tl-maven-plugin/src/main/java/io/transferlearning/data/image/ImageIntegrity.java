package io.transferlearning.data.image;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Decodes with an eye on damage that decoders pass over: a JPEG that ends early decodes to a photo
 * with a grey bottom, without an exception.
 */
public final class ImageIntegrity {
  private static final int PNG_SIGNATURE = 8;

  /** Length and name in front of a PNG chunk's data; its checksum follows. */
  private static final int CHUNK_HEADER = 8;

  private static final int CHECKSUM = 4;
  private static final int END_OF_IMAGE = 0xD9;

  private ImageIntegrity() {}

  /**
   * What came of a file.
   *
   * @param pixels the image; null where nothing could be decoded
   * @param damage what is wrong with it; null where nothing is
   */
  public record Checked(@Nullable Pixels pixels, @Nullable String damage) {}

  /** Decodes the bytes of an image file and looks for what is wrong with them. */
  public static Checked check(byte[] file) {
    List<String> warnings = new ArrayList<>();
    try {
      Pixels pixels = ImageDecoder.decode(file, warnings::add);
      return new Checked(pixels, silentDamage(file, warnings).orElse(null));
    } catch (IOException e) {
      return new Checked(null, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Optional<String> silentDamage(byte[] file, List<String> warnings) {
    if (endsEarly(file)) {
      return Optional.of("the file ends early");
    }
    return warnings.stream().filter(ImageIntegrity::isDamage).findFirst();
  }

  /** libjpeg also warns of harmless things, such as extraneous bytes before a marker. */
  private static boolean isDamage(String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    return lower.contains("premature end")
        || lower.contains("bad huffman code")
        || lower.contains("instead of rst");
  }

  /** Whether the mark that ends the format is missing; further bytes may follow it. */
  private static boolean endsEarly(byte[] file) {
    return switch (ImageFormat.of(file).orElseThrow()) {
      case JPEG -> !hasEndOfImage(file, JpegSegments.of(file).firstScan());
      case PNG -> !hasSoundChunks(file);
      case GIF -> !GifBlocks.isWhole(file);
      case WEBP -> WebpContainer.size(file) > file.length;
      // Their decoders miss what is missing: these formats say how much there must be.
      case BMP, TIFF -> false;
    };
  }

  /** Searched from the end, where it is, but not in the thumbnail before the first scan. */
  private static boolean hasEndOfImage(byte[] file, int firstScan) {
    for (int at = file.length - 2; at >= firstScan; at--) {
      if ((file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) == END_OF_IMAGE) {
        return true;
      }
    }
    return false;
  }

  /** Every chunk of a PNG has a checksum, which the JDK does not look at. */
  private static boolean hasSoundChunks(byte[] file) {
    ByteBuffer png = ByteBuffer.wrap(file);
    try {
      int at = PNG_SIGNATURE;
      while (true) {
        int length = png.getInt(at);
        if (length < 0 || length > file.length - at - CHUNK_HEADER - CHECKSUM) {
          return false;
        }
        CRC32 checksum = new CRC32();
        checksum.update(file, at + 4, length + 4);
        if ((int) checksum.getValue() != png.getInt(at + CHUNK_HEADER + length)) {
          return false;
        }
        if (png.getInt(at + 4) == 0x49454E44) { // IEND
          return true;
        }
        at += CHUNK_HEADER + length + CHECKSUM;
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return false;
    }
  }
}
