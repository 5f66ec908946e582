package io.transferlearning.training;

import io.transferlearning.training.head.FeatureMaps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Stored features as vectors: as they are, or the means of maps. */
final class StoredMaps implements FeatureMaps {
  private final FeatureStore store;
  private final int width;
  private final int positions;

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
    return store.get(range(from, to), store.buffer(to - from));
  }

  @Override
  public ByteBuffer rows(int from, int to) {
    if (positions == 1) {
      return maps(from, to);
    }
    ByteBuffer rows =
        ByteBuffer.allocateDirect((to - from) * width * Float.BYTES).order(ByteOrder.nativeOrder());
    ByteBuffer map = store.buffer(1);
    float[] channel = new float[positions];
    for (int image = from; image < to; image++) {
      FloatBuffer values =
          store.get(range(image, image + 1), map).order(ByteOrder.nativeOrder()).asFloatBuffer();
      for (int c = 0; c < width; c++) {
        values.get(channel);
        rows.putFloat(mean(channel));
      }
    }
    return rows.flip();
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
