package io.transferlearning.data.loader;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file that grows by blocks of bytes and is gone when it is closed, or when the process ends in
 * whatever way. Blocks are written through the channel, so that a full disk is an exception and not
 * the end of the process, and read through memory maps. For many threads.
 */
final class ScratchFile implements AutoCloseable {
  /** Bytes of a map; a block lies within one. Not on the disk before something is written there. */
  private static final int MAP = 256 << 20;

  /**
   * The channel copies through native memory of as many bytes as one write has, for each thread.
   */
  private static final int PIECE = 1 << 20;

  private final FileChannel channel;
  private final long budget;
  private final int mapBytes;

  /** Whether to map: Windows can not delete a file while it is mapped, so there it is read. */
  private final boolean mapping;

  private volatile MappedByteBuffer[] maps = {};
  private long end;

  private ScratchFile(FileChannel channel, long budget, int mapBytes, boolean mapping) {
    this.channel = channel;
    this.budget = budget;
    this.mapBytes = mapBytes;
    this.mapping = mapping;
  }

  /**
   * Creates a file; one of the same name is replaced.
   *
   * @param budget most bytes of it
   */
  static ScratchFile create(Path file, long budget) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return create(file, budget, MAP, posix);
  }

  static ScratchFile create(Path file, long budget, int mapBytes, boolean mapping)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    return new ScratchFile(channel, budget, mapBytes, mapping);
  }

  /** Takes room for a block; its position, or -1 where the budget has none left for it. */
  synchronized long reserve(int bytes) throws IOException {
    long start = end % mapBytes + bytes <= mapBytes ? end : roundUp(end);
    if (bytes > mapBytes || start + bytes > budget) {
      return -1;
    }
    int map = (int) (start / mapBytes);
    if (mapping && map == maps.length) {
      // Not yet in use: a byte at the end makes the file as long as the map.
      long mapStart = (long) map * mapBytes;
      writeAll(ByteBuffer.allocate(1), mapStart + mapBytes - 1);
      MappedByteBuffer[] more = Arrays.copyOf(maps, map + 1);
      more[map] = channel.map(FileChannel.MapMode.READ_ONLY, mapStart, mapBytes);
      maps = more;
    }
    end = start + bytes;
    return start;
  }

  private long roundUp(long position) {
    return (position + mapBytes - 1) / mapBytes * mapBytes;
  }

  /** Writes a part of a block. */
  void write(long position, byte[] bytes) throws IOException {
    for (int from = 0; from < bytes.length; from += PIECE) {
      int size = Math.min(PIECE, bytes.length - from);
      writeAll(ByteBuffer.wrap(bytes, from, size), position + from);
    }
  }

  private void writeAll(ByteBuffer bytes, long from) throws IOException {
    long position = from;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /**
   * Reads a part of a block that has been written.
   *
   * @throws IOException also after {@link #close}
   */
  void read(long position, byte[] bytes) throws IOException {
    if (!mapping) {
      readAll(ByteBuffer.wrap(bytes), position);
      return;
    }
    MappedByteBuffer[] current = maps;
    int map = (int) (position / mapBytes);
    if (map >= current.length) {
      throw new EOFException("the file is closed");
    }
    current[map].get((int) (position % mapBytes), bytes);
  }

  private void readAll(ByteBuffer bytes, long from) throws IOException {
    long position = from;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, position);
      if (read < 0) {
        throw new EOFException("the file ends at byte " + position);
      }
      position += read;
    }
  }

  /** Frees the disk, once no memory of a map is in use any more. */
  @Override
  public synchronized void close() throws IOException {
    end = budget;
    maps = new MappedByteBuffer[0];
    channel.close();
  }
}
