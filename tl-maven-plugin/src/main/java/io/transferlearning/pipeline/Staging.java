package io.transferlearning.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder beside the results in which they are made: what a killed or failed training leaves is
 * there and nowhere else, and a finished one is moved to its place by renaming.
 */
public final class Staging {
  private static final String NAME = ".unfinished";

  private final Path output;
  private final Path folder;

  private Staging(Path output) throws IOException {
    this.output = output;
    this.folder = output.resolve(NAME);
    Files.createDirectories(folder);
  }

  /** An empty staging folder in {@code output}. */
  static Staging begin(Path output) throws IOException {
    discard(output);
    return new Staging(output);
  }

  /** Removes what an earlier training did not finish. */
  public static void discard(Path output) throws IOException {
    deleteTree(output.resolve(NAME));
  }

  /** Where results are made. */
  Path folder() {
    return folder;
  }

  /** Where to make the result of this name. */
  Path resolve(String name) {
    return folder.resolve(name);
  }

  /** A folder for files that are not results. */
  Path work() throws IOException {
    return Files.createDirectories(folder.resolve("work"));
  }

  /**
   * Moves the results to their places, replacing what was there, and removes the staging folder.
   */
  void publish(List<String> names) throws IOException {
    for (String name : names) {
      Path target = output.resolve(name);
      Files.createDirectories(target.toAbsolutePath().getParent());
      if (Files.isDirectory(target)) {
        // A folder cannot be replaced by renaming: the old one goes into the staging folder, and
        // with it.
        Files.move(target, folder.resolve("old-" + name));
      }
      Files.move(folder.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
    }
    discard(output);
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      all.sorted(Comparator.reverseOrder()).forEach(Staging::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
