package io.transferlearning.weights.format.zip;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.ZipProblems;
import io.transferlearning.weights.format.bytes.FileBytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the directory at the end of a zip archive, and its 64-bit form. Each claim is checked: the
 * directory and all entries lie inside the file, no two entries share bytes or a name, each local
 * header repeats its entry's name, and no name leads out of a folder.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
final class CentralDirectory {
  private static final int ENTRY_HEADER = 46;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int LOCAL_HEADER = 30;
  private static final int LOCAL_SIGNATURE = 0x04034b50;

  private static final int ENCRYPTED = 1;
  private static final int EXTRA_64 = 1;
  private static final int ALL_16 = 0xFFFF;
  private static final long ALL_32 = 0xFFFFFFFFL;

  /** A parent or empty folder, an absolute or a Windows path, or a character that steers. */
  private static final Pattern ESCAPING =
      Pattern.compile(
          "(?:^|.*/)\\.\\.(?:/.*|$)|/.*|[A-Za-z]:.*|.*[\\\\\\p{Cntrl}].*", Pattern.DOTALL);

  private final String file;
  private final FileBytes bytes;

  CentralDirectory(String file, FileBytes bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * The entries by their names, in the directory's order.
   *
   * @throws Problem when a claim is false
   */
  Map<String, Entry> entries() {
    EndRecord end = EndRecord.find(bytes).orElseThrow(() -> ZipProblems.noDirectory(file));
    if (end.size() > Integer.MAX_VALUE
        || !bytes.holds(end.begin(), end.size())
        || end.begin() + end.size() > end.position()) {
      throw ZipProblems.directory(file, "it does not lie inside the file");
    }
    ByteBuffer directory = bytes.slice(end.begin(), end.size());
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (directory.hasRemaining()) {
      Entry entry = next(directory, end.begin());
      if (entries.put(entry.name(), entry) != null) {
        throw ZipProblems.entryTwice(file, entry.name());
      }
    }
    if (entries.size() != end.entries()) {
      throw ZipProblems.directory(
          file, "it claims " + end.entries() + " entries and has " + entries.size());
    }
    requireApart(
        entries.values().stream().sorted(Comparator.comparingLong(Entry::header)).toList());
    return entries;
  }

  private void requireApart(List<Entry> byPosition) {
    for (int i = 1; i < byPosition.size(); i++) {
      Entry before = byPosition.get(i - 1);
      Entry after = byPosition.get(i);
      if (after.header() < before.end()) {
        throw ZipProblems.overlap(file, before.name(), after.name());
      }
    }
  }

  private Entry next(ByteBuffer directory, long limit) {
    if (directory.remaining() < ENTRY_HEADER
        || directory.getInt(directory.position()) != ENTRY_SIGNATURE) {
      throw ZipProblems.directory(file, "an entry breaks off");
    }
    int at = directory.position();
    int flags = directory.getShort(at + 8);
    int method = directory.getShort(at + 10) & ALL_16;
    long crc = directory.getInt(at + 16) & ALL_32;
    long packed = directory.getInt(at + 20) & ALL_32;
    long size = directory.getInt(at + 24) & ALL_32;
    int nameBytes = directory.getShort(at + 28) & ALL_16;
    int extraBytes = directory.getShort(at + 30) & ALL_16;
    int commentBytes = directory.getShort(at + 32) & ALL_16;
    long header = directory.getInt(at + 42) & ALL_32;
    if (directory.remaining() - ENTRY_HEADER < nameBytes + extraBytes + commentBytes) {
      throw ZipProblems.directory(file, "an entry breaks off");
    }
    ByteBuffer nameText = directory.slice(at + ENTRY_HEADER, nameBytes);
    String name = name(nameText.duplicate());
    if ((flags & ENCRYPTED) != 0) {
      throw ZipProblems.encrypted(file, name);
    }
    ByteBuffer wide =
        wide(directory.slice(at + ENTRY_HEADER + nameBytes, extraBytes).order(directory.order()));
    size = widened(size, wide);
    packed = widened(packed, wide);
    header = widened(header, wide);
    directory.position(at + ENTRY_HEADER + nameBytes + extraBytes + commentBytes);
    if (size < 0 || (method == Entry.STORED && size != packed)) {
      throw ZipProblems.size(file, name, size);
    }
    long begin = begin(name, nameText, header);
    if (packed < 0 || begin > limit || packed > limit - begin) {
      throw ZipProblems.beyondFile(file, name);
    }
    return new Entry(name, method, crc, packed, size, header, begin);
  }

  /** Where the bytes of an entry begin: behind its local header, which must bear the same name. */
  private long begin(String name, ByteBuffer nameText, long header) {
    if (!bytes.holds(header, LOCAL_HEADER + nameText.capacity())) {
      throw ZipProblems.beyondFile(file, name);
    }
    ByteBuffer local = bytes.slice(header, LOCAL_HEADER + nameText.capacity());
    int nameBytes = local.getShort(26) & ALL_16;
    int extraBytes = local.getShort(28) & ALL_16;
    if (local.getInt(0) != LOCAL_SIGNATURE
        || nameBytes != nameText.capacity()
        || !local.slice(LOCAL_HEADER, nameBytes).equals(nameText)) {
      throw ZipProblems.localHeader(file, name);
    }
    return header + LOCAL_HEADER + nameBytes + extraBytes;
  }

  private String name(ByteBuffer text) {
    try {
      String name = StandardCharsets.UTF_8.newDecoder().decode(text).toString();
      if (name.isEmpty() || ESCAPING.matcher(name).matches()) {
        throw ZipProblems.entryName(file, name);
      }
      return name;
    } catch (CharacterCodingException e) {
      throw ZipProblems.directory(file, "the name of an entry is not UTF-8");
    }
  }

  /** The numbers of 64 bits that an entry has instead of its own; nothing where it has none. */
  private static ByteBuffer wide(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort() & ALL_16;
      int length = extra.getShort() & ALL_16;
      if (length > extra.remaining()) {
        break;
      }
      if (id == EXTRA_64) {
        return extra.slice(extra.position(), length).order(extra.order());
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  private static long widened(long number, ByteBuffer wide) {
    return number != ALL_32 || wide.remaining() < Long.BYTES ? number : wide.getLong();
  }
}
