package io.transferlearning.weights.format.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A file mapped into memory in as few pieces as possible: a piece for each tensor would let a file
 * of a million small tensors use up the system's mappings. Slices stay valid after it is closed;
 * the file must not be changed while they are in use.
 */
public final class MappedFile implements FileBytes, AutoCloseable {
  private static final int WINDOW = 1 << 30;

  /** The longest piece that Java maps. */
  private static final long LONGEST = Integer.MAX_VALUE;

  private final FileChannel channel;
  private final long fileBytes;
  private final int window;
  private final Map<Long, MappedByteBuffer> windows = new HashMap<>();

  private MappedFile(FileChannel channel, int window) throws IOException {
    this.channel = channel;
    this.fileBytes = channel.size();
    this.window = window;
  }

  /** Opens a file for reading. */
  public static MappedFile open(Path file) throws IOException {
    return open(file, WINDOW);
  }

  /**
   * As {@link #open(Path)}, with windows that begin at multiples of a number of bytes and are twice
   * as long, so that a part of that many bytes is always inside one.
   */
  public static MappedFile open(Path file, int windowBytes) throws IOException {
    return new MappedFile(FileChannel.open(file, StandardOpenOption.READ), windowBytes);
  }

  @Override
  public long size() {
    return fileBytes;
  }

  @Override
  public ByteBuffer slice(long begin, long size) {
    Objects.checkFromIndexSize(begin, size, fileBytes);
    if (size > window) {
      return map(begin, size).order(ByteOrder.LITTLE_ENDIAN);
    }
    long number = begin / window;
    long start = number * window;
    MappedByteBuffer mapped =
        windows.computeIfAbsent(
            number, n -> map(start, Math.min(Math.min(2L * window, LONGEST), fileBytes - start)));
    return mapped.slice((int) (begin - start), (int) size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private MappedByteBuffer map(long begin, long length) {
    try {
      return channel.map(FileChannel.MapMode.READ_ONLY, begin, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
