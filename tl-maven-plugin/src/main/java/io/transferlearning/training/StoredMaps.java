package io.transferlearning.training;

import io.transferlearning.training.head.FeatureMaps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * Stored features as vectors: as they are, or the means of maps. Every call fills the same memory
 * again: that of a direct buffer comes back only when the garbage collector happens to pass.
 */
final class StoredMaps implements FeatureMaps {
  private final FeatureStore store;
  private final int width;
  private final int positions;
  private ByteBuffer maps = ByteBuffer.allocateDirect(0);
  private ByteBuffer means = ByteBuffer.allocateDirect(0);

  /**
   * @param width channels of the features
   * @param positions of a map; 1 where the features are vectors
   */
  StoredMaps(FeatureStore store, int width, int positions) {
    this.store = store;
    this.width = width;
    this.positions = positions;
  }

  @Override
  public int size() {
    return store.size();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int positions() {
    return positions;
  }

  @Override
  public ByteBuffer maps(int from, int to) {
    maps = room(maps, Math.multiplyExact(to - from, width * positions));
    return store.get(range(from, to), maps);
  }

  @Override
  public ByteBuffer rows(int from, int to) {
    if (positions == 1) {
      return maps(from, to);
    }
    means = room(means, Math.multiplyExact(to - from, width)).clear();
    float[] channel = new float[positions];
    for (int image = from; image < to; image++) {
      FloatBuffer values = maps(image, image + 1).order(ByteOrder.nativeOrder()).asFloatBuffer();
      for (int c = 0; c < width; c++) {
        values.get(channel);
        means.putFloat(mean(channel));
      }
    }
    return means.flip();
  }

  private static ByteBuffer room(ByteBuffer known, int floats) {
    int bytes = Math.multiplyExact(floats, Float.BYTES);
    return known.capacity() >= bytes
        ? known
        : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }

  @Override
  public long[] labels(int from, int to) {
    return store.labels(range(from, to));
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
