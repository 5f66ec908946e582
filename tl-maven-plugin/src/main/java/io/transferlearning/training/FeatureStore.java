package io.transferlearning.training;

import io.transferlearning.training.features.FeatureCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Frozen features of a list of images, each computed once: rows of 32-bit floats, written down
 * without loss by {@link FeatureCodec} in a file that is gone when the store is closed. A file and
 * not memory, because SqueezeNet's features are maps; what fits stays in the operating system's
 * page cache.
 */
final class FeatureStore implements AutoCloseable {
  private final FileChannel channel;
  private final int rowBytes;
  private final FeatureCodec codec;
  private final long[] labels;
  private final long[] starts;
  private final int[] lengths;
  private long end;

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
    this.codec = new FeatureCodec(elements);
    this.labels = labels;
    this.starts = new long[labels.length];
    this.lengths = new int[labels.length];
  }

  /** The number of images. */
  int size() {
    return labels.length;
  }

  /**
   * Sets the row of an image.
   *
   * @param rows the rows of several images, in the buffer's order
   * @param number of the image's row among them
   * @return the row as it was written
   */
  byte[] put(int image, ByteBuffer rows, int number) throws IOException {
    byte[] code =
        codec.encode(
            rows.slice(Math.multiplyExact(number, rowBytes), rowBytes).order(rows.order()));
    put(image, code);
    return code;
  }

  /**
   * Sets the row of an image as {@link #put(int, ByteBuffer, int)} returned it.
   *
   * @return false where it is no such row
   */
  boolean putCode(int image, byte[] code, ByteBuffer scratch) throws IOException {
    boolean sound = codec.decode(code, scratch);
    if (sound) {
      put(image, code);
    }
    return sound;
  }

  private void put(int image, byte[] code) throws IOException {
    starts[image] = end;
    lengths[image] = code.length;
    ByteBuffer bytes = ByteBuffer.wrap(code);
    while (bytes.hasRemaining()) {
      end += channel.write(bytes, end);
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
        ByteBuffer row = target.slice(i * rowBytes, rowBytes).order(ByteOrder.nativeOrder());
        if (!codec.decode(read(images[i]), row)) {
          throw new EOFException("there are no features of image " + images[i]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target.limit(images.length * rowBytes);
  }

  private byte[] read(int image) throws IOException {
    ByteBuffer code = ByteBuffer.allocate(lengths[image]);
    while (code.hasRemaining()) {
      int read = channel.read(code, starts[image] + code.position());
      if (read < 0) {
        throw new EOFException("features end at byte " + (starts[image] + code.position()));
      }
    }
    return code.array();
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
