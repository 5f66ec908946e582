package io.transferlearning.training.features;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes an image's features down without loss, and small where that is possible: zeros as one bit
 * each, numbers that are bfloat16 in 16 bits. One byte says how it was done.
 */
public final class FeatureCodec {
  /** The zeros (all bits 0) are a mask of bits; only the other numbers follow. */
  private static final int SPARSE = 1;

  /** Numbers are the upper halves of 32-bit floats, whose lower halves are 0. */
  private static final int HALF = 2;

  private final int[] bits;

  /** For rows of {@code elements} floats. Not safe for use by several threads. */
  public FeatureCodec(int elements) {
    this.bits = new int[elements];
  }

  /**
   * A row in its shortest form.
   *
   * @param row as many 32-bit floats as this codec is for, in the buffer's order, from position 0
   */
  public byte[] encode(ByteBuffer row) {
    row.asIntBuffer().get(0, bits);
    int used = 0;
    int lower = 0;
    for (int value : bits) {
      used += value == 0 ? 0 : 1;
      lower |= value & 0xFFFF;
    }
    int width = lower == 0 ? Short.BYTES : Float.BYTES;
    int dense = bits.length * width;
    int sparse = mask() + used * width;
    int kind = (sparse < dense ? SPARSE : 0) | (lower == 0 ? HALF : 0);
    ByteBuffer code =
        ByteBuffer.allocate(1 + Math.min(sparse, dense)).order(ByteOrder.LITTLE_ENDIAN);
    code.put((byte) kind);
    if (sparse < dense) {
      for (int from = 0; from < bits.length; from += Byte.SIZE) {
        code.put(maskByte(from));
      }
    }
    for (int value : bits) {
      if (value != 0 || sparse >= dense) {
        put(code, value, lower == 0);
      }
    }
    return code.array();
  }

  private int mask() {
    return (bits.length + Byte.SIZE - 1) / Byte.SIZE;
  }

  private byte maskByte(int from) {
    int mask = 0;
    for (int i = from; i < Math.min(from + Byte.SIZE, bits.length); i++) {
      mask |= (bits[i] == 0 ? 0 : 1) << (i - from);
    }
    return (byte) mask;
  }

  private static void put(ByteBuffer code, int value, boolean half) {
    if (half) {
      code.putShort((short) (value >>> 16));
    } else {
      code.putInt(value);
    }
  }

  /**
   * Writes a row's floats into {@code row} from position 0 on.
   *
   * @return false where {@code bytes} are no row of this length; {@code row} may be half written
   *     then
   */
  public boolean decode(byte[] bytes, ByteBuffer row) {
    if (bytes.length == 0 || (bytes[0] & ~(SPARSE | HALF)) != 0) {
      return false;
    }
    boolean sparse = (bytes[0] & SPARSE) != 0;
    boolean half = (bytes[0] & HALF) != 0;
    int head = sparse ? 1 + mask() : 1;
    int used = sparse ? used(bytes) : bits.length;
    if (bytes.length != head + used * (half ? Short.BYTES : Float.BYTES)) {
      return false;
    }
    ByteBuffer code = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(head);
    for (int i = 0; i < bits.length; i++) {
      boolean zero = sparse && (bytes[1 + i / Byte.SIZE] >> (i % Byte.SIZE) & 1) == 0;
      bits[i] = zero ? 0 : half ? code.getShort() << 16 : code.getInt();
    }
    row.asIntBuffer().put(0, bits);
    return true;
  }

  private int used(byte[] bytes) {
    int used = 0;
    for (int i = 1; i <= mask() && i < bytes.length; i++) {
      used += Integer.bitCount(bytes[i] & 0xFF);
    }
    return used;
  }
}
