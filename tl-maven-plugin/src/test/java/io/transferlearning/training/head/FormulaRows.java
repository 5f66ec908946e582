package io.transferlearning.training.head;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;

/** The features of {@code softmax_optimum.py}: from a formula that Python computes too. */
final class FormulaRows implements FeatureRows {
  static final int CLASSES = 4;
  static final double[] IMPORTANCE = {1, 2, 0.5, 1.5};
  private static final int WIDTH = 20;

  private final int first;
  private final int size;
  private final int mislabelled;

  /** Images {@code first} to before {@code first + size}. */
  FormulaRows(int first, int size) {
    this(first, size, Integer.MAX_VALUE);
  }

  /** Of every {@code mislabelled} images, one has a wrong label. */
  FormulaRows(int first, int size, int mislabelled) {
    this.first = first;
    this.size = size;
    this.mislabelled = mislabelled;
  }

  static FormulaRows all() {
    return new FormulaRows(0, 300);
  }

  static long label(long image) {
    return image * 7 % 11 % CLASSES;
  }

  static float value(int i, int j) {
    double noise = Math.sin(i * 12.9898 + j * 78.233 + (double) i * j) * (1 + j);
    return (float) (noise + Math.cos(label(i) * (j + 1.0)) * (1 + j) / 2 + 5 * j);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public ByteBuffer rows(int from, int to) {
    ByteBuffer rows =
        ByteBuffer.allocateDirect((to - from) * WIDTH * Float.BYTES).order(ByteOrder.nativeOrder());
    for (int i = from; i < to; i++) {
      for (int j = 0; j < WIDTH; j++) {
        rows.putFloat(value(first + i, j));
      }
    }
    return rows.flip();
  }

  @Override
  public long[] labels(int from, int to) {
    return LongStream.range(from, to).map(i -> given(first + i)).toArray();
  }

  private long given(long image) {
    return image % mislabelled == mislabelled - 1 ? (label(image) + 1) % CLASSES : label(image);
  }
}
