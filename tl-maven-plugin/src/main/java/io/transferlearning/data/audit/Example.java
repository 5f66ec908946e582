package io.transferlearning.data.audit;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing that was found.
 *
 * @param files the files that it is about, equal ones where there are several; may be empty
 * @param note what is said of them, with what is between it and them
 */
public record Example(List<Path> files, String note) {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Keeps a copy of the list. */
  public Example {
    files = List.copyOf(files);
  }

  /** About a file. */
  static Example of(Path file, String note) {
    return new Example(List.of(file), note);
  }

  /** About no file. */
  static Example of(String note) {
    return new Example(List.of(), note);
  }

  /** A line with the files' whole paths, which can be opened. */
  public String text() {
    return text(Path::toString);
  }

  /**
   * A line that is the same wherever the images lie: with the files' paths relative to a folder,
   * {@code /} between their parts, and whole paths of those that are not below it.
   */
  public String text(Path root) {
    return text(file -> file.startsWith(root) ? relative(root, file) : file.toString());
  }

  private static String relative(Path root, Path file) {
    return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  /** A name may hold anything but a slash, line ends included. */
  private String text(Function<Path, String> name) {
    String names = files.stream().map(name).collect(Collectors.joining(" = "));
    return CONTROL.matcher(names + note).replaceAll("?");
  }
}
