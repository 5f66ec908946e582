package io.transferlearning.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  public Tensor {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long expected = elements(shape) * type.bytes();
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
    return new Tensor(DType.F32, java.util.Arrays.stream(shape).boxed().toList(), data);
  }

  /** The number of elements. */
  public long elements() {
    return elements(shape);
  }

  /** A read-only view of the bytes, positioned at the first, little-endian. */
  public ByteBuffer bytes() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long elements(List<Long> shape) {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }
}
