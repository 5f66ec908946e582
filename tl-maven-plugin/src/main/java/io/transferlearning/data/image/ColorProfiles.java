package io.transferlearning.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes embedded colour profiles out of JPEG files: the JDK converts by them, slowly, where Pillow
 * and so every training framework leaves the samples as they are stored.
 */
public final class ColorProfiles {
  private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP2 = 0xE2;

  /** Bytes of a segment's marker, and of its length, which counts itself. */
  private static final int MARKER = 2;

  private static final int LENGTH = 2;

  private ColorProfiles() {}

  /** The bytes without profile segments; the same array where it has none, or is no JPEG. */
  static byte[] removed(byte[] file) {
    if (file.length < MARKER || (file[0] & 0xFF) != 0xFF || (file[1] & 0xFF) != 0xD8) {
      return file;
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, MARKER);
    int at = MARKER;
    // Anything but a whole segment with a length is left for the decoder to judge.
    while (at + MARKER + LENGTH <= file.length && (file[at] & 0xFF) == 0xFF) {
      int end = at + MARKER + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
      if ((file[at + 1] & 0xFF) == START_OF_SCAN || end > file.length) {
        break;
      }
      if (!isProfile(file, at)) {
        kept.write(file, at, end - at);
      }
      at = end;
    }
    if (kept.size() == at) {
      return file;
    }
    kept.write(file, at, file.length - at);
    return kept.toByteArray();
  }

  private static boolean isProfile(byte[] file, int at) {
    int name = at + MARKER + LENGTH;
    return (file[at + 1] & 0xFF) == APP2
        && name + ICC.length <= file.length
        && Arrays.equals(file, name, name + ICC.length, ICC, 0, ICC.length);
  }
}
