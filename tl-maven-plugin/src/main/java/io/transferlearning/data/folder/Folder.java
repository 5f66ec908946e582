package io.transferlearning.data.folder;

import io.transferlearning.data.image.ImageFormat;
import io.transferlearning.problem.DataProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a folder holds, sorted by name, without what systems leave behind.
 *
 * @param path the folder
 * @param folders its folders
 * @param images its files that are named like images
 * @param others its other files
 */
public record Folder(Path path, List<Path> folders, List<Path> images, List<Path> others) {
  private static final Set<String> LEFTOVERS =
      Set.of(
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "icon\r",
          "__macosx",
          "@eadir",
          "lost+found",
          "$recycle.bin",
          "system volume information");

  /**
   * Lists a folder.
   *
   * @throws io.transferlearning.problem.Problem when it is missing, no folder, or can not be read
   */
  static Folder list(Path path) {
    if (!Files.isDirectory(path)) {
      throw DataProblems.missingFolder(path, Files.exists(path));
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> visible =
          entries
              .filter(entry -> !isLeftover(name(entry)))
              .sorted(Comparator.comparing(Folder::name))
              .toList();
      List<Path> folders = new ArrayList<>();
      List<Path> images = new ArrayList<>();
      List<Path> others = new ArrayList<>();
      for (Path entry : visible) {
        if (isImage(entry)) {
          images.add(entry);
        } else if (Files.isDirectory(entry)) {
          folders.add(entry);
        } else {
          others.add(entry);
        }
      }
      return new Folder(path, folders, images, others);
    } catch (IOException | UncheckedIOException e) {
      // Unchecked is what goes wrong after the first entry.
      throw DataProblems.unreadableFolder(path, e);
    }
  }

  /**
   * The last part of a path, with accents composed (NFC): macOS and its archives take them apart,
   * and the same class must have the same name everywhere.
   */
  static String name(Path path) {
    Path name = path.getFileName();
    return Normalizer.normalize(name == null ? path.toString() : name.toString(), Form.NFC);
  }

  /** Whether a path's name as text is the name on the disk; bytes may have no characters. */
  static boolean isNamedAsWritten(Path path) {
    Path name = path.getFileName();
    try {
      return name == null || path.getFileSystem().getPath(name.toString()).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** What is in it, as a small tree for a message. */
  String describe() {
    return FolderTree.of(this);
  }

  /** Whether two paths lead to one folder, by links or in other words. */
  static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      throw DataProblems.unreadableFolder(one, e);
    }
  }

  /** Whether a folder is another one or lies above it, links followed. */
  static boolean isAbove(Path folder, Path other) {
    try {
      return other.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException e) {
      throw DataProblems.unreadableFolder(folder, e);
    }
  }

  /** Whether a name is hidden, or of what systems leave behind. */
  static boolean isLeftover(String name) {
    return name.startsWith(".") || LEFTOVERS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Named like an image; a link to nowhere too, which the audit tells, but no pipe or device. */
  private static boolean isImage(Path file) {
    return ImageFormat.isNameOfImage(name(file))
        && (Files.isRegularFile(file) || !Files.exists(file));
  }
}
