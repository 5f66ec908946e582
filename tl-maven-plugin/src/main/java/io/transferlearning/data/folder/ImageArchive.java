package io.transferlearning.data.folder;

import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.ImageFormat;
import io.transferlearning.problem.ArchiveProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip of images, unpacked once for all builds: into a folder named after the zip's SHA-256, which
 * is there whole or not at all. One build unpacks at a time. What is found in it is what would be
 * found in the zip's own folder: folders are made though they hold no image, and files that are no
 * images are there by name, empty and so without a cost. Links become plain files, and what systems
 * leave behind is left out. Memory does not depend on the zip's size but for a list of names.
 */
public final class ImageArchive {
  /** No deflated data inflates more; a zip that claims to shares data between its entries. */
  private static final long MOST_INFLATION = 1032;

  private static final String PARTIAL = ".partial-";
  private static final int BUFFER = 1 << 16;

  /** What zips by old Windows tools write names in, where this Java knows it. */
  private static final Charset OLD_NAMES =
      Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;

  private final Path zip;
  private final Path cache;

  private ImageArchive(Path zip, Path cache) {
    this.zip = zip;
    this.cache = cache;
  }

  /** Whether a path of a dataset is a zip rather than a folder. */
  public static boolean isZip(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".zip") && Files.isRegularFile(path);
  }

  /**
   * The folder of a zip's images; unpacks them where no build has.
   *
   * @param zip the file
   * @param cache the folder of what was unpacked; made where it is missing
   * @throws io.transferlearning.problem.Problem when the zip is broken, holds no images, or holds
   *     what it should not
   */
  public static Path unpacked(Path zip, Path cache) {
    try {
      return new ImageArchive(zip, cache).unpacked();
    } catch (ZipException e) {
      throw ArchiveProblems.broken(zip, e);
    } catch (IOException e) {
      throw ArchiveProblems.cannotUnpack(zip, cache, e);
    }
  }

  private Path unpacked() throws IOException {
    Files.createDirectories(cache);
    Path folder = cache.resolve(sha256());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try (FolderLock lock = FolderLock.take(cache)) {
      if (!Files.isDirectory(folder)) {
        if (lock.isHeld()) {
          deleteInterrupted();
        }
        unpack(folder);
      }
    }
    return folder;
  }

  private void unpack(Path folder) throws IOException {
    Path partial = Files.createTempDirectory(cache, folder.getFileName() + PARTIAL);
    try (ZipFile open = open()) {
      List<? extends ZipEntry> entries = visible(open);
      List<? extends ZipEntry> images = images(open, entries);
      requireDifferent(entries);
      requireSpace(images);
      for (ZipEntry entry : entries) {
        Path place = place(entry, partial);
        Files.createDirectories(isFolder(entry) ? place : place.getParent());
      }
      for (ZipEntry entry : images) {
        unpack(open, entry, place(entry, partial));
      }
      for (ZipEntry entry : entries) {
        Path place = place(entry, partial);
        if (!Files.exists(place)) {
          Files.createFile(place);
        }
      }
      publish(partial, folder);
    } finally {
      delete(partial);
    }
  }

  /** What builds left that were killed while they unpacked, be it this zip or another. */
  private void deleteInterrupted() {
    try (Stream<Path> all = Files.list(cache)) {
      for (Path each : all.filter(path -> Folder.name(path).contains(PARTIAL)).toList()) {
        delete(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // Another user's, or in use: it costs room and nothing else.
      return;
    }
  }

  private ZipFile open() throws IOException {
    try {
      return new ZipFile(zip.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      return new ZipFile(zip.toFile(), OLD_NAMES);
    }
  }

  /** The entries but for what systems leave behind. */
  private static List<? extends ZipEntry> visible(ZipFile open) {
    return open.stream()
        .filter(
            entry ->
                parts(entry).stream()
                    .noneMatch(part -> Folder.isLeftover(part) && !part.equals("..")))
        .toList();
  }

  /** The entries that are images, each with a name of its own. */
  private List<? extends ZipEntry> images(ZipFile open, List<? extends ZipEntry> entries) {
    Set<String> names = new HashSet<>();
    List<ZipEntry> images = new ArrayList<>();
    for (ZipEntry entry : entries) {
      if (isImage(entry)) {
        if (!names.add(String.join("/", parts(entry)))) {
          throw ArchiveProblems.twice(zip, entry.getName());
        }
        images.add(entry);
      }
    }
    if (images.isEmpty()) {
      throw ArchiveProblems.noImages(zip, open.size());
    }
    return images;
  }

  /** Names of files that are no images do not matter, but for the folders that they are in. */
  private void requireDifferent(List<? extends ZipEntry> entries) {
    EntryNames names = new EntryNames(zip);
    for (ZipEntry entry : entries) {
      List<String> parts = parts(entry);
      names.add(
          isFolder(entry) || isImage(entry)
              ? parts
              : parts.subList(0, Math.max(0, parts.size() - 1)));
    }
  }

  /** Some tools of Windows write its separator, others begin with the current folder. */
  private static List<String> parts(ZipEntry entry) {
    String name = name(entry);
    String path = isFolder(entry) ? name.substring(0, name.length() - 1) : name;
    return Stream.of(path.split("/", -1)).filter(part -> !part.equals(".")).toList();
  }

  private static String name(ZipEntry entry) {
    return entry.getName().replace('\\', '/');
  }

  private static boolean isFolder(ZipEntry entry) {
    return name(entry).endsWith("/");
  }

  private static boolean isImage(ZipEntry entry) {
    List<String> parts = parts(entry);
    return !isFolder(entry)
        && !parts.isEmpty()
        && ImageFormat.isNameOfImage(parts.get(parts.size() - 1));
  }

  private void requireSpace(List<? extends ZipEntry> entries) throws IOException {
    long bytes = 0;
    for (ZipEntry entry : entries) {
      if (entry.getSize() < 0 || entry.getSize() > ImageDecoder.MOST_BYTES) {
        throw ArchiveProblems.tooLarge(zip, entry.getName(), ImageDecoder.MOST_BYTES);
      }
      bytes += entry.getSize();
    }
    if (bytes / MOST_INFLATION > Files.size(zip)) {
      throw ArchiveProblems.bomb(zip, bytes);
    }
    long free = Files.getFileStore(cache).getUsableSpace();
    if (bytes > free) {
      throw ArchiveProblems.noSpace(zip, cache, bytes, free);
    }
  }

  /** Where an entry is unpacked to, below the target. */
  private Path place(ZipEntry entry, Path target) {
    Path place = target;
    for (String part : parts(entry)) {
      if (part.isEmpty() || part.equals("..") || part.indexOf(':') >= 0) {
        throw ArchiveProblems.outside(zip, entry.getName());
      }
      place = resolve(place, part, entry);
    }
    return place;
  }

  private void unpack(ZipFile open, ZipEntry entry, Path file) throws IOException {
    long left = entry.getSize();
    byte[] buffer = new byte[BUFFER];
    CRC32 checksum = new CRC32();
    try (InputStream in = open.getInputStream(entry);
        OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          throw new ZipException("invalid entry size of " + entry.getName());
        }
        checksum.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    if (left != 0 || checksum.getValue() != entry.getCrc()) {
      throw new ZipException(entry.getName() + " is not what was packed");
    }
  }

  /** Names that this system does not take, such as {@code a?b} on Windows, are no paths. */
  private Path resolve(Path folder, String part, ZipEntry entry) {
    try {
      return folder.resolve(part);
    } catch (InvalidPathException e) {
      throw ArchiveProblems.outside(zip, entry.getName());
    }
  }

  /** Where there are no locks another build may have been faster: its folder is as good. */
  private static void publish(Path partial, Path folder) throws IOException {
    try {
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private String sha256() throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(zip), sha256)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
