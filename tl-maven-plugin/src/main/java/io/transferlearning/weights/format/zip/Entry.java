package io.transferlearning.weights.format.zip;

/**
 * An entry of an archive, checked to lie inside the file.
 *
 * @param method how it is compressed
 * @param crc the CRC-32 of its content; 0 where none was computed
 * @param packed bytes in the file
 * @param size bytes of content, as claimed
 * @param header where its local header begins
 * @param begin where its packed bytes begin
 */
record Entry(String name, int method, long crc, long packed, long size, long header, long begin) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** The byte after its last. */
  long end() {
    return begin + packed;
  }
}
