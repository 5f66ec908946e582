package io.transferlearning.training;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Frozen features of a list of images, each computed once: rows of 32-bit floats in a file that is
 * gone when the store is closed. A file and not memory, because SqueezeNet's features are maps (346
 * kB an image at 224 pixels); what fits stays in the operating system's page cache.
 */
final class FeatureStore implements AutoCloseable {
  private final FileChannel channel;
  private final int rowBytes;
  private final long[] labels;

  /**
   * @param folder where the file lies while the store is open
   * @param elements floats of an image
   * @param labels of the images
   */
  FeatureStore(Path folder, String name, int elements, long[] labels) throws IOException {
    this.channel =
        FileChannel.open(
            folder.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    this.rowBytes = Math.multiplyExact(elements, Float.BYTES);
    this.labels = labels;
  }

  /** The number of images. */
  int size() {
    return labels.length;
  }

  /** Sets the rows of some images. */
  void put(int[] images, ByteBuffer rows) throws IOException {
    for (int i = 0; i < images.length; i++) {
      ByteBuffer row = rows.slice(i * rowBytes, rowBytes);
      long position = (long) images[i] * rowBytes;
      while (row.hasRemaining()) {
        position += channel.write(row, position);
      }
    }
  }

  /**
   * The rows of some images, one after the other, in {@code target}, which is cleared first and
   * flipped at the end.
   */
  ByteBuffer get(int[] images, ByteBuffer target) {
    target.clear();
    try {
      for (int i = 0; i < images.length; i++) {
        read((long) images[i] * rowBytes, target.slice(i * rowBytes, rowBytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target.limit(images.length * rowBytes);
  }

  private void read(long from, ByteBuffer row) throws IOException {
    long position = from;
    while (row.hasRemaining()) {
      int read = channel.read(row, position);
      if (read < 0) {
        throw new EOFException("features end at byte " + position);
      }
      position += read;
    }
  }

  /** The labels of some images. */
  long[] labels(int[] images) {
    return java.util.Arrays.stream(images).mapToLong(image -> labels[image]).toArray();
  }

  /** Memory for the rows of {@code images} images. */
  ByteBuffer buffer(int images) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(images, rowBytes))
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
