package io.transferlearning.data.folder;

import java.nio.file.Path;
import java.util.List;

/** What a folder holds, as a small tree for a message: two levels, a few names of each kind. */
final class FolderTree {
  private static final int FOLDERS = 8;
  private static final int NAMES = 3;
  private static final String INDENT = " ".repeat(5);

  private FolderTree() {}

  static String of(Folder root) {
    StringBuilder tree = new StringBuilder("found in ").append(root.path()).append(':');
    if (root.folders().isEmpty() && root.images().isEmpty() && root.others().isEmpty()) {
      return tree.append(" nothing").toString();
    }
    for (Path folder : first(root.folders(), FOLDERS)) {
      line(tree, Folder.name(folder) + "/  " + inside(Folder.list(folder)));
    }
    if (root.folders().size() > FOLDERS) {
      line(tree, "and " + (root.folders().size() - FOLDERS) + " more folders");
    }
    if (!root.images().isEmpty()) {
      line(tree, files(root.images(), "image"));
    }
    if (!root.others().isEmpty()) {
      line(tree, files(root.others(), "other file"));
    }
    return tree.toString();
  }

  private static String inside(Folder folder) {
    StringBuilder text = new StringBuilder();
    for (Path each : first(folder.folders(), NAMES)) {
      text.append(Folder.name(each)).append("/ ");
    }
    if (folder.folders().size() > NAMES) {
      text.append("and ").append(folder.folders().size() - NAMES).append(" more folders ");
    }
    if (!folder.images().isEmpty() || folder.folders().isEmpty()) {
      text.append(count(folder.images().size(), "image"));
      if (folder.images().isEmpty() && !folder.others().isEmpty()) {
        text.append(", ").append(files(folder.others(), "other file"));
      }
    }
    return text.toString().strip();
  }

  private static String files(List<Path> files, String noun) {
    String names = String.join(", ", first(files, NAMES).stream().map(Folder::name).toList());
    return count(files.size(), noun) + " (" + names + (files.size() > NAMES ? ", and so on)" : ")");
  }

  private static String count(int number, String noun) {
    return number == 0 ? "no " + noun + "s" : number + " " + noun + (number == 1 ? "" : "s");
  }

  private static List<Path> first(List<Path> paths, int most) {
    return paths.subList(0, Math.min(most, paths.size()));
  }

  private static void line(StringBuilder tree, String text) {
    tree.append(System.lineSeparator()).append(INDENT).append(text);
  }
}
