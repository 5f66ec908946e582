package io.transferlearning.weights.format.zip;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.ZipProblems;
import io.transferlearning.weights.format.bytes.FileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip archive, read by its central directory. Stored entries are views of the file; compressed
 * ones are unpacked, all together to at most {@value #MOST_GROWTH} times the file. Nothing is ever
 * written to disk.
 */
public final class ZipArchive {
  /**
   * A whole archive may unpack to this many times its size. Weights hardly shrink and pickles
   * shrink about ten times, while a zip bomb grows a thousand times.
   */
  static final int MOST_GROWTH = 16;

  private final String file;
  private final FileBytes bytes;
  private final Map<String, Entry> entries;
  private long unpacked;

  private ZipArchive(String file, FileBytes bytes, Map<String, Entry> entries) {
    this.file = file;
    this.bytes = bytes;
    this.entries = entries;
  }

  /**
   * Reads the directory of an archive.
   *
   * @param file its name, for messages
   * @throws Problem when it is damaged, or holds names or overlaps that no honest archive has
   */
  public static ZipArchive open(String file, FileBytes bytes) {
    return new ZipArchive(file, bytes, new CentralDirectory(file, bytes).entries());
  }

  /** The names of all entries, in the order of the directory. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * The content of an entry, little-endian, checked against its CRC-32 where it has one; empty when
   * there is no such entry.
   *
   * @throws Problem when the entry is damaged, compressed in an unknown way, or a bomb
   */
  public Optional<ByteBuffer> content(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.size() > Integer.MAX_VALUE) {
      throw ZipProblems.tooLarge(file, name, entry.size());
    }
    ByteBuffer content =
        switch (entry.method()) {
          case Entry.STORED -> bytes.slice(entry.begin(), entry.size());
          case Entry.DEFLATED -> inflate(entry);
          default -> throw ZipProblems.method(file, name, entry.method());
        };
    requireChecksum(entry, content);
    return Optional.of(content);
  }

  private void requireChecksum(Entry entry, ByteBuffer content) {
    if (entry.crc() == 0) {
      return; // PyTorch can be told to write none.
    }
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    if (crc.getValue() != entry.crc()) {
      throw ZipProblems.checksum(file, entry.name());
    }
  }

  private ByteBuffer inflate(Entry entry) {
    unpacked += entry.size();
    if (unpacked > MOST_GROWTH * bytes.size()) {
      throw ZipProblems.bomb(file, entry.name(), unpacked, bytes.size(), MOST_GROWTH);
    }
    ByteBuffer content = ByteBuffer.allocate((int) entry.size()).order(ByteOrder.LITTLE_ENDIAN);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes.slice(entry.begin(), entry.packed()));
      while (content.hasRemaining() && inflater.inflate(content) > 0) {
        // Until the stream ends, or the claimed size is reached.
      }
      // One more byte would show that the claimed size is a lie.
      boolean more = inflater.inflate(ByteBuffer.allocate(1)) > 0;
      if (content.hasRemaining() || more) {
        throw ZipProblems.size(file, entry.name(), entry.size());
      }
    } catch (DataFormatException e) {
      throw ZipProblems.data(file, entry.name());
    } finally {
      inflater.end();
    }
    return content.flip().order(ByteOrder.LITTLE_ENDIAN);
  }
}
