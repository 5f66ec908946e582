package io.transferlearning.weights.format.onnx;

import io.transferlearning.problem.OnnxProblems;
import io.transferlearning.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * The fields of one protocol buffer message, one after the other. Messages inside are read by
 * readers of their own, so that nesting is as deep as the caller asks for, never as the file does.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the encoding</a>
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;

  private final String file;
  private final ByteBuffer in;
  private int field;
  private int wire;
  private long number;
  private ByteBuffer bytes;

  ProtoReader(String file, ByteBuffer message) {
    this.file = file;
    this.in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.bytes = in.slice(0, 0);
  }

  /**
   * Goes to the next field.
   *
   * @return whether there is one
   * @throws Problem when the message is damaged
   */
  boolean next() {
    if (!in.hasRemaining()) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wire = (int) (tag & 7);
    if (field <= 0 || tag >>> 32 != 0) {
      throw OnnxProblems.damaged(file);
    }
    switch (wire) {
      case VARINT -> number = varint();
      case FIXED_64 -> bytes = take(Long.BYTES);
      case LENGTH -> bytes = take(varint());
      case FIXED_32 -> bytes = take(Integer.BYTES);
      default -> throw OnnxProblems.damaged(file);
    }
    return true;
  }

  /** The field's number in its message. */
  int field() {
    return field;
  }

  /** The value of an integer field. */
  long number() {
    require(wire == VARINT);
    return number;
  }

  /** The value of a field of bytes, a string, or a message; little-endian. */
  ByteBuffer bytes() {
    require(wire == LENGTH);
    return bytes;
  }

  /** The value of a float. */
  float real() {
    require(wire == FIXED_32);
    return bytes.getFloat(0);
  }

  /** The value of a string field. */
  String text() {
    return StandardCharsets.UTF_8.decode(bytes().duplicate()).toString();
  }

  /** A message inside. */
  ProtoReader message() {
    return new ProtoReader(file, bytes());
  }

  /** Hands over the numbers of a repeated integer field, which may stand alone or packed. */
  void numbers(LongConsumer each) {
    if (wire == VARINT) {
      each.accept(number);
      return;
    }
    ProtoReader packed = message();
    while (packed.in.hasRemaining()) {
      each.accept(packed.varint());
    }
  }

  /**
   * The numbers of a repeated integer field in a fixed width, little-endian.
   *
   * @param width the lowest bytes to keep of each: 1, 2, 4 or 8
   */
  ByteBuffer integers(int width) {
    long[] count = {0};
    numbers(each -> count[0]++);
    require(count[0] * width <= Integer.MAX_VALUE);
    ByteBuffer fixed = ByteBuffer.allocate((int) count[0] * width).order(ByteOrder.LITTLE_ENDIAN);
    numbers(
        each -> {
          for (int i = 0; i < width; i++) {
            fixed.put((byte) (each >> (8 * i)));
          }
        });
    return fixed.flip();
  }

  /** The bytes of a repeated field of floats or doubles, which may stand alone or packed. */
  ByteBuffer reals() {
    require(wire != VARINT);
    return bytes;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(in.hasRemaining());
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw OnnxProblems.damaged(file);
  }

  private ByteBuffer take(long length) {
    require(length >= 0 && length <= in.remaining());
    ByteBuffer taken = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return taken;
  }

  private void require(boolean condition) throws Problem {
    if (!condition) {
      throw OnnxProblems.damaged(file);
    }
  }
}
