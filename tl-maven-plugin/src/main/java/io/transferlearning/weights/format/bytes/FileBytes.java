package io.transferlearning.weights.format.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** The bytes of a file of weights, wherever they lie. */
public interface FileBytes {
  /** How many bytes there are. */
  long size();

  /**
   * A part of the file, read-only and little-endian, without a copy.
   *
   * @param begin the first byte
   * @param size how many, at most {@link Integer#MAX_VALUE}
   * @throws IndexOutOfBoundsException when the part is not inside the file: ask {@link #holds}
   * @throws java.io.UncheckedIOException when the operating system refuses
   */
  ByteBuffer slice(long begin, long size);

  /** Whether a part, whose ends may be any numbers, is inside the file. */
  default boolean holds(long begin, long size) {
    return begin >= 0 && size >= 0 && begin <= size() && size <= size() - begin;
  }

  /** A file that is in memory already, from the buffer's position to its limit. */
  static FileBytes of(ByteBuffer buffer) {
    ByteBuffer whole = buffer.slice().asReadOnlyBuffer();
    return new FileBytes() {
      @Override
      public long size() {
        return whole.capacity();
      }

      @Override
      public ByteBuffer slice(long begin, long size) {
        Objects.checkFromIndexSize(begin, size, whole.capacity());
        return whole.slice((int) begin, (int) size).order(ByteOrder.LITTLE_ENDIAN);
      }
    };
  }
}
