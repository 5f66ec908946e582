package io.transferlearning.network.torchscript;

import io.transferlearning.weights.DType;
import io.transferlearning.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the elements of a tensor without gaps lie in an archive. Only weights of convolutions, the
 * tensors of four axes, know a layout.
 */
final class MemoryOrder {
  private MemoryOrder() {}

  /** How many elements the neighbours along each axis of a shape lie apart. */
  static List<Long> strides(List<Long> shape, Numerics.Layout layout) {
    int[] axes =
        channelsLast(shape, layout)
            ? new int[] {0, 2, 3, 1}
            : IntStream.range(0, shape.size()).toArray();
    Long[] strides = new Long[axes.length];
    long step = 1;
    for (int i = axes.length - 1; i >= 0; i--) {
      strides[axes[i]] = step;
      step *= Math.max(1, shape.get(axes[i]));
    }
    return List.of(strides);
  }

  /** The bytes of a tensor in this order. */
  static ByteBuffer bytes(Tensor tensor, Numerics.Layout layout) {
    if (!channelsLast(tensor.shape(), layout)) {
      return tensor.bytes();
    }
    if (tensor.type() != DType.F32) {
      throw new IllegalArgumentException("a kernel of " + tensor.type());
    }
    int channels = Math.toIntExact(tensor.shape().get(1));
    int positions = Math.toIntExact(tensor.shape().get(2) * tensor.shape().get(3));
    IntBuffer from = tensor.bytes().asIntBuffer();
    ByteBuffer bytes = ByteBuffer.allocate(tensor.bytes().remaining());
    IntBuffer to = bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    for (int kernel = 0; kernel < from.limit(); kernel += channels * positions) {
      for (int position = 0; position < positions; position++) {
        for (int channel = 0; channel < channels; channel++) {
          to.put(from.get(kernel + channel * positions + position));
        }
      }
    }
    return bytes;
  }

  private static boolean channelsLast(List<Long> shape, Numerics.Layout layout) {
    return layout == Numerics.Layout.CHANNELS_LAST && shape.size() == 4;
  }
}
