package io.transferlearning.weights.source;

import io.transferlearning.problem.DownloadProblems;
import io.transferlearning.problem.Problem;
import io.transferlearning.problem.SourceProblems;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Finds the weights inside a packed file: a model's zip, a jar, DJL's zips and gzip files.
 * PyTorch's own files are zips too, and are left alone. What comes out is kept under the packed
 * file's digest, so that it is unpacked once for all builds.
 */
final class Unpacking {
  /** The safest first; of one kind there must be one file. */
  private static final List<String> KINDS = List.of(".safetensors", ".pth", ".pt", ".onnx");

  /** What every file that PyTorch writes as a zip holds. */
  private static final String TORCH = "data.pkl";

  /** Nothing that is unpacked may be larger. */
  private static final long MOST_BYTES = 4L << 30;

  private static final int MAGIC_BYTES = 4;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long TOO_LARGE = -1;

  private final Path folder;
  private final long mostBytes;

  /**
   * @param folder where unpacked files are kept
   */
  Unpacking(Path folder) {
    this(folder, MOST_BYTES);
  }

  Unpacking(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /**
   * The file of weights: the file itself, or the one inside it.
   *
   * @param sha256 the file's digest
   * @throws Problem if it is packed and holds no weights, or more than one file of them
   */
  Path weightsIn(Path file, String sha256) {
    try {
      int magic = magic(file);
      if (magic == 0x504b0304) {
        return fromZip(file, sha256);
      } else if (magic >>> 16 == 0x1f8b) {
        return fromGzip(file, sha256);
      }
      return file;
    } catch (ZipException | EOFException e) {
      throw SourceProblems.damagedPackage(file.toString(), e);
    } catch (IOException e) {
      throw DownloadProblems.cannotStore(folder.toString(), e);
    }
  }

  private static int magic(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      int magic = 0;
      for (byte one : in.readNBytes(MAGIC_BYTES)) {
        magic = (magic << 8) | (one & 0xff);
      }
      return magic;
    }
  }

  private Path fromZip(Path file, String sha256) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names =
          zip.stream()
              .filter(one -> !one.isDirectory())
              .map(ZipEntry::getName)
              .filter(name -> !isLeftover(name))
              .toList();
      if (names.stream().anyMatch(Unpacking::isTorch)) {
        return file;
      }
      ZipEntry entry = zip.getEntry(one(file, names));
      String name = entry.getName();
      Path place = place(sha256, name.substring(name.lastIndexOf('/') + 1));
      return isThere(place, entry.getSize(), entry.getCrc())
          ? place
          : keep(file, zip.getInputStream(entry), place, entry.getCrc());
    }
  }

  /** The last eight bytes are checksum and size (RFC 1952, 2.3.1). */
  private Path fromGzip(Path file, String sha256) throws IOException {
    Path place = place(sha256, String.valueOf(file.getFileName()).replaceFirst("(?i)\\.gz$", ""));
    ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.read(end, Math.max(0, channel.size() - end.capacity()));
    }
    long crc = Integer.toUnsignedLong(end.getInt(0));
    long size = Integer.toUnsignedLong(end.getInt(4));
    return isThere(place, size, crc)
        ? place
        : keep(file, new GZIPInputStream(Files.newInputStream(file), BUFFER_BYTES), place, crc);
  }

  /**
   * Hidden, or of what macOS adds: {@code __MACOSX/._model.pth}, which is no model. Folders of
   * images have this rule too, with more names.
   */
  private static boolean isLeftover(String name) {
    return Stream.of(name.split("[/\\\\]"))
        .filter(part -> !part.equals(".") && !part.equals(".."))
        .anyMatch(part -> part.startsWith(".") || part.equalsIgnoreCase("__MACOSX"));
  }

  private static boolean isTorch(String name) {
    return name.equals(TORCH) || name.endsWith("/" + TORCH);
  }

  private static String one(Path file, List<String> names) {
    for (String kind : KINDS) {
      List<String> found =
          names.stream().filter(name -> name.toLowerCase(Locale.ROOT).endsWith(kind)).toList();
      if (found.size() > 1) {
        throw SourceProblems.severalInPackage(file.toString(), found);
      } else if (found.size() == 1) {
        return found.get(0);
      }
    }
    throw SourceProblems.nothingInPackage(file.toString(), names, KINDS);
  }

  private Path place(String sha256, String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
    return folder.resolve(sha256).resolve(safe);
  }

  /** Disks fail: what was unpacked before is looked at again. */
  private static boolean isThere(Path place, long size, long crc) throws IOException {
    if (!Files.isRegularFile(place) || Files.size(place) != size) {
      return false;
    }
    try (InputStream in = Files.newInputStream(place)) {
      return copy(in, OutputStream.nullOutputStream(), Long.MAX_VALUE) == crc;
    }
  }

  private Path keep(Path file, InputStream packed, Path place, long crc) throws IOException {
    Files.createDirectories(place.getParent());
    // A name of its own: another build may be at the same.
    Path partial = Files.createTempFile(place.getParent(), "", ".part");
    try (packed) {
      try (OutputStream out = Files.newOutputStream(partial)) {
        long found = copy(packed, out, mostBytes);
        if (found == TOO_LARGE) {
          throw SourceProblems.packageTooLarge(file.toString(), mostBytes);
        } else if (found != crc) {
          throw new ZipException("its checksum does not fit");
        }
      }
      Files.move(
          partial, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
    return place;
  }

  /** Returns the CRC-32 of what was copied, or {@link #TOO_LARGE}. */
  private static long copy(InputStream in, OutputStream out, long most) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[BUFFER_BYTES];
    long all = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      all += count;
      if (all > most) {
        return TOO_LARGE;
      }
      crc.update(buffer, 0, count);
      out.write(buffer, 0, count);
    }
    return crc.getValue();
  }
}
