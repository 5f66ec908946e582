package io.transferlearning.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.network.torchscript.Numerics.Layout;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders of memory as torch's documentation of channels_last has them. */
class MemoryOrderTest {
  @Test
  void stridesOfKernelsFollowTheLayout() {
    List<Long> shape = List.of(10L, 3L, 32L, 64L);

    assertThat(MemoryOrder.strides(shape, Layout.CHANNELS_FIRST))
        .containsExactly(6144L, 2048L, 64L, 1L);
    assertThat(MemoryOrder.strides(shape, Layout.CHANNELS_LAST))
        .containsExactly(6144L, 1L, 192L, 3L);
  }

  @Test
  void otherTensorsAreRowMajorInEach() {
    for (Layout layout : Layout.values()) {
      assertThat(MemoryOrder.strides(List.of(2L, 3L, 4L), layout)).containsExactly(12L, 4L, 1L);
      assertThat(MemoryOrder.strides(List.of(), layout)).isEmpty();
      assertThat(floats(MemoryOrder.bytes(counted(2, 3), layout)))
          .containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(MemoryOrder.bytes(Tensor.scalar(7), layout).getLong()).isEqualTo(7);
    }
  }

  /** An element is where its strides say. */
  @Test
  void elementsLieWhereTheStridesSay() {
    Tensor kernels = counted(2, 3, 2, 5);
    for (Layout layout : Layout.values()) {
      List<Long> strides = MemoryOrder.strides(kernels.shape(), layout);
      float[] laid = floats(MemoryOrder.bytes(kernels, layout));
      for (int i = 0; i < laid.length; i++) {
        long[] index = {i / 30, i / 10 % 3, i / 5 % 2, i % 5};
        long at = IntStream.range(0, 4).mapToLong(axis -> index[axis] * strides.get(axis)).sum();
        assertThat(laid[Math.toIntExact(at)]).isEqualTo(i);
      }
    }
  }

  @Test
  void kernelsOfOtherTypesAreRefused() {
    Tensor integers = new Tensor(DType.I64, List.of(1L, 1L, 1L, 1L), ByteBuffer.allocate(8));

    assertThatThrownBy(() -> MemoryOrder.bytes(integers, Layout.CHANNELS_LAST))
        .hasMessage("a kernel of I64");
  }

  private static Tensor counted(long... shape) {
    float[] values =
        new float[Math.toIntExact(java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(values, shape);
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
