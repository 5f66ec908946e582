package io.transferlearning.weights.format.onnx;

import io.transferlearning.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Turns a matrix. */
final class Transposed {
  private Transposed() {}

  /** A copy of a matrix with rows and columns exchanged. */
  static Tensor of(Tensor matrix) {
    int rows = Math.toIntExact(matrix.shape().get(0));
    int columns = Math.toIntExact(matrix.shape().get(1));
    int width = matrix.type().bytes();
    ByteBuffer from = matrix.bytes();
    ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        to.put(from.slice((row * columns + column) * width, width));
      }
    }
    return new Tensor(matrix.type(), List.of((long) columns, (long) rows), to.flip());
  }
}
