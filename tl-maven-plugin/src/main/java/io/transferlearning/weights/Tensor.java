package io.transferlearning.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A dense, row-major, little-endian tensor on the host.
 *
 * @param type the element type
 * @param shape the sizes, outermost first; empty for a scalar
 * @param data exactly {@code elements * type.bytes()} bytes; read through {@link #bytes()}, which
 *     never moves this buffer
 */
public record Tensor(DType type, List<Long> shape, ByteBuffer data) {
  /**
   * @throws IllegalArgumentException when a size is negative or the data has not the length that
   *     the shape asks for
   * @throws ArithmeticException when that length does not fit 63 bits
   */
  public Tensor {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long expected = Math.multiplyExact(elements(shape), (long) type.bytes());
    if (data.remaining() != expected) {
      throw new IllegalArgumentException(
          "a "
              + type
              + " tensor of shape "
              + shape
              + " takes "
              + expected
              + " bytes, not "
              + data.remaining());
    }
  }

  /** A tensor of 32-bit floats. */
  public static Tensor of(float[] values, long... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return new Tensor(DType.F32, Arrays.stream(shape).boxed().toList(), data);
  }

  /** A 64-bit integer without dimensions: what BatchNorm counts its batches in. */
  public static Tensor scalar(long value) {
    ByteBuffer data = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return new Tensor(DType.I64, List.of(), data.putLong(0, value));
  }

  /** The number of elements; 1 for a scalar. */
  public long elements() {
    return elements(shape);
  }

  /** A read-only view of the bytes, positioned at the first, little-endian. */
  public ByteBuffer bytes() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The elements as 32-bit floats, row-major, in a new array. F32, F16 and BF16 are exact, with
   * subnormals, infinities and NaN; F64 is rounded to the nearest float.
   *
   * @throws IllegalStateException when the tensor holds integers
   */
  public float[] toFloats() {
    if (!type.isFloating()) {
      throw integers();
    }
    ByteBuffer bytes = bytes();
    float[] values = new float[bytes.remaining() / type.bytes()];
    if (type == DType.F32) {
      bytes.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = next(bytes);
    }
    return values;
  }

  private float next(ByteBuffer bytes) {
    return switch (type) {
      case F32 -> bytes.getFloat();
      case F64 -> (float) bytes.getDouble();
      case F16 -> Float16.ieee(bytes.getShort());
      case BF16 -> Float16.brain(bytes.getShort());
      case I64, U8 -> throw integers();
    };
  }

  private IllegalStateException integers() {
    return new IllegalStateException("a " + type + " tensor has no floats");
  }

  /**
   * The value of an I64 tensor of one element.
   *
   * @throws IllegalStateException when the tensor is something else
   */
  public long toLong() {
    if (type != DType.I64 || elements() != 1) {
      throw new IllegalStateException("not one I64, but " + type + " of shape " + shape);
    }
    return data.getLong(0);
  }

  private static long elements(List<Long> shape) {
    long product = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("negative size in shape " + shape);
      }
      product = Math.multiplyExact(product, size);
    }
    return product;
  }
}
