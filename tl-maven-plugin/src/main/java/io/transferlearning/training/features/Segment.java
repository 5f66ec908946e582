package io.transferlearning.training.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of entries, one after another: a mark, a key of 32 bytes, the value's length, the CRC-32C
 * of key and value, the value. Only ever appended to, by the build that made it; what another build
 * sees of it is a beginning, whose last entry may be torn.
 */
final class Segment implements AutoCloseable {
  static final String SUFFIX = ".features";
  static final int KEY = 32;
  private static final int MARK = 0x544C4631;
  private static final int HEADER = Integer.BYTES + KEY + 2 * Integer.BYTES;

  /** Nothing of a network is larger. */
  private static final int LONGEST = 1 << 28;

  private final Path file;
  private final FileChannel channel;
  private long end;

  private Segment(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Where a value is.
   *
   * @param other place of the same key, to look at where this one is damaged
   */
  record Place(Segment segment, long position, int length, int checksum, @Nullable Place other) {
    Place or(Place place) {
      return new Place(segment, position, length, checksum, place);
    }
  }

  static Segment create(Path file) throws IOException {
    return new Segment(
        file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  static Segment open(Path file) throws IOException {
    return new Segment(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  Path file() {
    return file;
  }

  /** Hands on every whole entry, up to the first that is not one. */
  void entries(BiConsumer<ByteBuffer, Place> each) throws IOException {
    long size = channel.size();
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    for (long at = 0; at + HEADER <= size; ) {
      header.clear();
      if (!fill(header, at)) {
        return;
      }
      header.flip();
      int mark = header.getInt();
      byte[] key = new byte[KEY];
      header.get(key);
      int length = header.getInt();
      long value = at + HEADER;
      if (mark != MARK || length < 0 || length > LONGEST || value + length > size) {
        return;
      }
      each.accept(ByteBuffer.wrap(key), new Place(this, value, length, header.getInt(), null));
      at = value + length;
    }
  }

  /** The value at a place of this segment; empty where it is not what was written. */
  Optional<byte[]> read(ByteBuffer key, Place place) throws IOException {
    ByteBuffer value = ByteBuffer.allocate(place.length());
    boolean whole = fill(value, place.position());
    return whole && checksum(key, value.array()) == place.checksum()
        ? Optional.of(value.array())
        : Optional.empty();
  }

  private boolean fill(ByteBuffer target, long from) throws IOException {
    long at = from;
    while (target.hasRemaining()) {
      int read = channel.read(target, at);
      if (read < 0) {
        return false;
      }
      at += read;
    }
    return true;
  }

  /** Appends an entry, or nothing where it does not fit; returns the segment's length. */
  long append(ByteBuffer key, byte[] value) throws IOException {
    ByteBuffer entry = ByteBuffer.allocate(HEADER + value.length);
    entry.putInt(MARK).put(key.duplicate()).putInt(value.length).putInt(checksum(key, value));
    entry.put(value).flip();
    try {
      while (entry.hasRemaining()) {
        channel.write(entry);
      }
    } catch (IOException e) {
      // A full disk needs the room that half an entry takes.
      channel.truncate(end);
      throw e;
    }
    end += entry.limit();
    return end;
  }

  private static int checksum(ByteBuffer key, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(key.duplicate());
    crc.update(value);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
