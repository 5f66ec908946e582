package io.transferlearning.data.image;

/** The outer form of a WebP file. */
final class WebpContainer {
  /** Offset of the flags of an extended file, and the flag that says there is a colour profile. */
  private static final int FLAGS = 20;

  private static final int PROFILE = 0x20;
  private static final byte[] EXTENDED = {'V', 'P', '8', 'X'};
  private static final int FIRST_CHUNK = 12;

  private WebpContainer() {}

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
