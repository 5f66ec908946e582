package io.transferlearning.weights.format.pickle;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The bytes of a pickle, as its operations take them. Every length is checked before it is used.
 */
final class PickleInput {
  /** Longer names than any of Python's. */
  private static final int LONGEST_LINE = 512;

  private final String file;
  private final ByteBuffer bytes;

  PickleInput(String file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** How many bytes have been taken. */
  int position() {
    return bytes.position();
  }

  /** An unsigned byte. */
  int u8() {
    require(1);
    return bytes.get() & 0xFF;
  }

  /** An unsigned number of 16 bits. */
  int u16() {
    require(Short.BYTES);
    return bytes.getShort() & 0xFFFF;
  }

  /** A signed number of 32 bits. */
  int i32() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  /** An unsigned number of 32 bits. */
  long u32() {
    return i32() & 0xFFFFFFFFL;
  }

  /** A number of 64 bits. */
  long i64() {
    require(Long.BYTES);
    return bytes.getLong();
  }

  /** A double, which alone is big-endian. */
  double real() {
    return Double.longBitsToDouble(Long.reverseBytes(i64()));
  }

  /** A string of so many bytes. */
  String text(long length) {
    return new String(take(length), StandardCharsets.UTF_8);
  }

  /** So many bytes in hexadecimal digits. */
  String hex(long length) {
    return HexFormat.of().formatHex(take(length));
  }

  /** Passes over so many bytes. */
  int skip(long length) {
    require(length);
    bytes.position(bytes.position() + (int) length);
    return (int) length;
  }

  /** Text to the end of the line, which is taken too. */
  String line() {
    int start = bytes.position();
    int length = 0;
    while (u8() != '\n') {
      if (++length > LONGEST_LINE) {
        throw TorchProblems.pickle(file, start, "a name has more than " + LONGEST_LINE + " bytes");
      }
    }
    byte[] line = new byte[length];
    bytes.get(start, line);
    return new String(line, StandardCharsets.UTF_8);
  }

  /** A two's complement number of so many bytes. */
  Value integer(long length) {
    if (length > Long.BYTES) {
      return new Value.Huge(hex(length));
    }
    require(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes.get() & 0xFFL) << (8 * i);
    }
    int unused = Long.SIZE - 8 * (int) length;
    return new Value.Whole(length == 0 ? 0 : value << unused >> unused);
  }

  private byte[] take(long length) {
    require(length);
    byte[] taken = new byte[(int) length];
    bytes.get(taken);
    return taken;
  }

  private void require(long length) throws Problem {
    if (length < 0 || length > bytes.remaining()) {
      throw TorchProblems.pickle(file, bytes.position(), "it breaks off");
    }
  }
}
