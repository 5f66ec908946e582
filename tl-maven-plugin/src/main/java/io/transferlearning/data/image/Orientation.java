package io.transferlearning.data.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held: EXIF's tag 0x0112, with the numbers 1 to 8. Applied as Pillow's {@code
 * ImageOps.exif_transpose} does.
 *
 * @param number 1 where the pixels are stored upright
 */
record Orientation(int number) {
  static final Orientation UPRIGHT = new Orientation(1);

  private static final int TAG = 0x0112;
  private static final int CHUNK_HEADER = 8;
  private static final int PNG_SIGNATURE = 8;

  /** What a file says; upright where it says nothing, or nothing that has a meaning. */
  static Orientation of(byte[] file, ImageFormat format) {
    try {
      return switch (format) {
        case JPEG -> ofTiff(ByteBuffer.wrap(JpegSegments.of(file).exif()));
        case PNG -> ofTiff(pngChunk(file));
        case WEBP -> ofTiff(webpChunk(file));
        case TIFF -> ofTiff(ByteBuffer.wrap(file));
        case BMP, GIF -> UPRIGHT;
      };
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // Broken EXIF data does not make a picture unusable.
      return UPRIGHT;
    }
  }

  private static Orientation ofTiff(ByteBuffer data) {
    int number = TiffTags.number(data, TAG).orElse(1);
    return number >= 1 && number <= 8 ? new Orientation(number) : UPRIGHT;
  }

  /** What follows the last chunk, or is no whole one, is not looked at. */
  private static ByteBuffer pngChunk(byte[] file) {
    ByteBuffer png = ByteBuffer.wrap(file);
    int at = PNG_SIGNATURE;
    while (at + CHUNK_HEADER <= file.length && !name(file, at + 4).equals("IEND")) {
      int length = png.getInt(at);
      if (length < 0 || length > file.length - at - CHUNK_HEADER) {
        break;
      }
      if (name(file, at + 4).equals("eXIf")) {
        return png.slice(at + CHUNK_HEADER, length);
      }
      // A checksum follows the data.
      at += CHUNK_HEADER + length + 4;
    }
    return ByteBuffer.allocate(0);
  }

  private static ByteBuffer webpChunk(byte[] file) {
    ByteBuffer exif = WebpContainer.chunk(file, "EXIF").orElse(ByteBuffer.allocate(0));
    // Some writers keep the name that EXIF has in a JPEG.
    return exif.limit() > 6 && exif.get(0) == 'E' ? exif.position(6) : exif;
  }

  private static String name(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }

  /** The image upright; the same where it is already. */
  Pixels apply(Pixels image) {
    if (number == 1) {
      return image;
    }
    // From 5 on rows and columns are exchanged.
    int width = number < 5 ? image.width() : image.height();
    int height = number < 5 ? image.height() : image.width();
    byte[] upright = new byte[image.rgb().length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = source(x, y, image.width() - 1, image.height() - 1, image.width());
        upright[at++] = image.rgb()[from];
        upright[at++] = image.rgb()[from + 1];
        upright[at++] = image.rgb()[from + 2];
      }
    }
    return new Pixels(width, height, upright);
  }

  /** Where a pixel of the upright image is stored. */
  private int source(int x, int y, int right, int bottom, int stride) {
    int column =
        switch (number) {
          case 2, 3 -> right - x;
          case 4 -> x;
          case 5, 6 -> y;
          default -> right - y;
        };
    int row =
        switch (number) {
          case 2 -> y;
          case 3, 4 -> bottom - y;
          case 5, 8 -> x;
          default -> bottom - x;
        };
    return (row * stride + column) * Pixels.CHANNELS;
  }
}
