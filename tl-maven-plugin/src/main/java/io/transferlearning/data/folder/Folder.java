package io.transferlearning.data.folder;

import io.transferlearning.data.image.ImageFormat;
import io.transferlearning.problem.DataProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      Set.of("thumbs.db", "desktop.ini", "__macosx", "@eadir");

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
              .filter(entry -> !isLeftover(entry))
              .sorted(Comparator.comparing(Folder::name))
              .toList();
      List<Path> files = visible.stream().filter(entry -> !Files.isDirectory(entry)).toList();
      return new Folder(
          path,
          visible.stream().filter(Files::isDirectory).toList(),
          files.stream().filter(Folder::isImage).toList(),
          files.stream().filter(file -> !isImage(file)).toList());
    } catch (IOException e) {
      throw DataProblems.unreadableFolder(path, e);
    }
  }

  /** The last part of a path. */
  static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** What is in it, for a message: {@code 3 images, 1 other file, folders cats, dogs}. */
  String describe() {
    StringBuilder text = new StringBuilder();
    text.append(count(images.size(), "image"));
    text.append(", ").append(count(others.size(), "other file"));
    if (folders.isEmpty()) {
      return text.append(", no folders").toString();
    }
    text.append(folders.size() == 1 ? ", folder " : ", folders ");
    text.append(String.join(", ", folders.stream().limit(10).map(Folder::name).toList()));
    return folders.size() > 10
        ? text.append(" and ").append(folders.size() - 10).append(" more").toString()
        : text.toString();
  }

  private static String count(int number, String noun) {
    return number == 0 ? "no " + noun + "s" : number + " " + noun + (number == 1 ? "" : "s");
  }

  private static boolean isLeftover(Path path) {
    String name = name(path);
    return name.startsWith(".") || LEFTOVERS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isImage(Path file) {
    return ImageFormat.isNameOfImage(name(file));
  }
}
