package io.transferlearning.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The outer form of a WebP file: chunks in a RIFF file. */
final class WebpContainer {
  /** Offset of the flags of an extended file, and the flag that says there is a colour profile. */
  private static final int FLAGS = 20;

  private static final int PROFILE = 0x20;
  private static final byte[] EXTENDED = {'V', 'P', '8', 'X'};
  private static final int FIRST_CHUNK = 12;

  /** Name and length in front of a chunk's data. */
  private static final int CHUNK_HEADER = 8;

  private WebpContainer() {}

  /** The size that a RIFF file says it has, in bytes. */
  static long size(byte[] file) {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    return CHUNK_HEADER + (length & 0xFFFFFFFFL);
  }

  /**
   * The data of the first chunk of a name, little-endian. What follows the size that the file says
   * it has, or is no whole chunk, is not looked at.
   */
  static Optional<ByteBuffer> chunk(byte[] file, String name) {
    ByteBuffer webp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long end = Math.min(file.length, size(file));
    int at = FIRST_CHUNK;
    while (at + CHUNK_HEADER <= end) {
      int length = webp.getInt(at + 4);
      if (length < 0 || length > end - at - CHUNK_HEADER) {
        break;
      }
      if (new String(file, at, 4, StandardCharsets.ISO_8859_1).equals(name)) {
        return Optional.of(webp.slice(at + CHUNK_HEADER, length).order(ByteOrder.LITTLE_ENDIAN));
      }
      at += CHUNK_HEADER + length + (length & 1);
    }
    return Optional.empty();
  }

  /**
   * The file with its colour profile hidden, which the decoder would apply and Pillow does not; the
   * same array where there is none.
   */
  static byte[] withoutProfile(byte[] file) {
    if (file.length <= FLAGS || (file[FLAGS] & PROFILE) == 0) {
      return file;
    }
    for (int i = 0; i < EXTENDED.length; i++) {
      if (file[FIRST_CHUNK + i] != EXTENDED[i]) {
        return file;
      }
    }
    byte[] plain = file.clone();
    plain[FLAGS] &= ~PROFILE;
    return plain;
  }
}
