package io.transferlearning.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** The first directory of a TIFF file, or of EXIF data, which are written as one. */
final class TiffTags {
  private static final int HEADER = 8;
  private static final int ENTRY = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private TiffTags() {}

  /**
   * The first number that a tag has; empty where it is missing or of another type.
   *
   * @param data from the byte order on
   * @throws RuntimeException where the directory leads out of the data
   */
  static OptionalInt number(ByteBuffer data, int tag) {
    ByteBuffer tiff = data.slice();
    if (tiff.remaining() < HEADER) {
      return OptionalInt.empty();
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.position(tiff.getInt(4));
    int entries = tiff.getShort() & 0xFFFF;
    for (int i = 0, at = tiff.position(); i < entries; i++, at += ENTRY) {
      if ((tiff.getShort(at) & 0xFFFF) == tag) {
        return switch (tiff.getShort(at + 2)) {
          case SHORT -> OptionalInt.of(tiff.getShort(at + HEADER) & 0xFFFF);
          case LONG -> OptionalInt.of(tiff.getInt(at + HEADER));
          default -> OptionalInt.empty();
        };
      }
    }
    return OptionalInt.empty();
  }
}
