package io.transferlearning.weights.format.zip;

import io.transferlearning.weights.format.bytes.FileBytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The record that ends an archive and says where its directory is.
 *
 * @param position where the record, or its 64-bit form, begins
 * @param entries how many entries the directory claims
 * @param begin where the directory begins, as claimed
 * @param size how many bytes it has, as claimed
 */
record EndRecord(long position, long entries, long begin, long size) {
  private static final int LENGTH = 22;
  private static final int SIGNATURE = 0x06054b50;
  private static final int LONGEST_COMMENT = 0xFFFF;

  private static final int LOCATOR_LENGTH = 20;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LENGTH_64 = 56;
  private static final int SIGNATURE_64 = 0x06064b50;

  /** The record: the last signature whose comment ends exactly with the file. */
  static Optional<EndRecord> find(FileBytes bytes) {
    long start = Math.max(0, bytes.size() - LENGTH - LONGEST_COMMENT);
    ByteBuffer tail = bytes.slice(start, bytes.size() - start);
    for (int at = tail.capacity() - LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == SIGNATURE
          && (tail.getShort(at + 20) & 0xFFFF) == tail.capacity() - LENGTH - at) {
        return Optional.of(at(bytes, tail.slice(at, LENGTH).order(tail.order()), start + at));
      }
    }
    return Optional.empty();
  }

  private static EndRecord at(FileBytes bytes, ByteBuffer record, long position) {
    return wide(bytes, position)
        .orElseGet(
            () ->
                new EndRecord(
                    position,
                    record.getShort(10) & 0xFFFF,
                    record.getInt(16) & 0xFFFFFFFFL,
                    record.getInt(12) & 0xFFFFFFFFL));
  }

  /** The 64-bit form, which a locator before the record points to. */
  private static Optional<EndRecord> wide(FileBytes bytes, long position) {
    if (!bytes.holds(position - LOCATOR_LENGTH, LOCATOR_LENGTH)) {
      return Optional.empty();
    }
    ByteBuffer locator = bytes.slice(position - LOCATOR_LENGTH, LOCATOR_LENGTH);
    long at = locator.getLong(8);
    if (locator.getInt(0) != LOCATOR_SIGNATURE || !bytes.holds(at, LENGTH_64)) {
      return Optional.empty();
    }
    ByteBuffer record = bytes.slice(at, LENGTH_64);
    if (record.getInt(0) != SIGNATURE_64) {
      return Optional.empty();
    }
    return Optional.of(
        new EndRecord(at, record.getLong(32), record.getLong(48), record.getLong(40)));
  }
}
