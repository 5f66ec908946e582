package io.transferlearning.data.image;

/**
 * The blocks of a GIF file, one behind the other, from the logical screen on. Bytes that begin no
 * block are passed over, as Pillow does.
 */
final class GifBlocks {
  private static final int HEADER = 13;
  private static final int EXTENSION = '!';
  private static final int IMAGE = ',';
  private static final int TRAILER = ';';

  /** Bytes of an image's place, size and flags, behind the one that begins it. */
  private static final int DESCRIPTOR = 9;

  private final byte[] file;
  private int at;

  private GifBlocks(byte[] file) {
    this.file = file;
    this.at = HEADER + colours(file[10]);
  }

  /**
   * Offset of the first image's block.
   *
   * @throws IndexOutOfBoundsException where the file ends before it
   */
  static int firstImage(byte[] file) {
    GifBlocks blocks = new GifBlocks(file);
    while (file[blocks.at] != IMAGE) {
      if (file[blocks.at] == TRAILER) {
        throw new IndexOutOfBoundsException("no frame before byte " + blocks.at);
      }
      blocks.next();
    }
    return blocks.at;
  }

  /** Whether the trailer is there: further bytes may follow it. */
  static boolean isWhole(byte[] file) {
    try {
      GifBlocks blocks = new GifBlocks(file);
      while (file[blocks.at] != TRAILER) {
        blocks.next();
      }
      return true;
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  private void next() {
    switch (file[at]) {
      case EXTENSION -> skipData(at + 2);
      // The flags of the descriptor are its last byte; a byte for the width of codes follows.
      case IMAGE -> skipData(at + 1 + DESCRIPTOR + colours(file[at + DESCRIPTOR]) + 1);
      default -> at++;
    }
  }

  /** Goes behind a row of pieces, each with its length first; an empty one is the last. */
  private void skipData(int start) {
    at = start;
    while (file[at] != 0) {
      at += 1 + (file[at] & 0xFF);
    }
    at++;
  }

  /** Bytes of the table of colours that flags tell of. */
  private static int colours(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
