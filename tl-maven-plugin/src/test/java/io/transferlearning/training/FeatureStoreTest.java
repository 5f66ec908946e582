package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureStoreTest {
  private static final int ELEMENTS = 2;

  private final Path folder;

  FeatureStoreTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void rowsComeBackInTheOrderAskedFor() throws IOException {
    try (FeatureStore store = filled()) {
      ByteBuffer rows = store.get(new int[] {2, 0}, store.buffer(3));

      assertThat(floats(rows)).containsExactly(20, 21, 0, 1);
    }
  }

  @Test
  void theSameMemoryServesManyBatches() throws IOException {
    try (FeatureStore store = filled()) {
      ByteBuffer rows = store.buffer(3);

      assertThat(floats(store.get(new int[] {0, 1, 2}, rows)))
          .containsExactly(0, 1, 10, 11, 20, 21);
      assertThat(floats(store.get(new int[] {1}, rows))).containsExactly(10, 11);
    }
  }

  @Test
  void labelsComeInTheOrderAskedFor() throws IOException {
    try (FeatureStore store = filled()) {
      assertThat(store.size()).isEqualTo(3);
      assertThat(store.labels(new int[] {2, 0, 1})).containsExactly(9, 7, 8);
    }
  }

  @Test
  void nothingIsLeftWhenTheStoreIsClosed() throws IOException {
    try (FeatureStore store = filled()) {
      assertThat(store.size()).isEqualTo(3);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anOlderFileOfTheNameIsForgotten() throws IOException {
    java.nio.file.Files.write(folder.resolve("train.features"), new byte[1000]);
    try (FeatureStore store = new FeatureStore(folder, "train.features", ELEMENTS, new long[3])) {
      ByteBuffer rows = store.buffer(1);

      assertThatThrownBy(() -> store.get(new int[] {0}, rows))
          .isInstanceOf(UncheckedIOException.class)
          .hasRootCauseMessage("there are no features of image 0");
    }
  }

  private FeatureStore filled() throws IOException {
    FeatureStore store = new FeatureStore(folder, "train.features", ELEMENTS, new long[] {7, 8, 9});
    store.put(2, rows(20, 21, 0, 1), 0);
    store.put(0, rows(20, 21, 0, 1), 1);
    byte[] code = store.put(1, rows(10, 11), 0);
    assertThat(store.putCode(1, code, store.buffer(1))).isTrue();
    assertThat(store.putCode(0, new byte[] {99}, store.buffer(1))).isFalse();
    return store;
  }

  private static ByteBuffer rows(float... values) {
    ByteBuffer rows =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    rows.asFloatBuffer().put(values);
    return rows;
  }

  private static float[] floats(ByteBuffer rows) {
    float[] values = new float[rows.remaining() / Float.BYTES];
    rows.order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
    return values;
  }
}
