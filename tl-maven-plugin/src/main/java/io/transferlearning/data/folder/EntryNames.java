package io.transferlearning.data.folder;

import io.transferlearning.problem.ArchiveProblems;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names in a zip. Two that differ in case, or the form of accents, alone are one file on macOS
 * and Windows, and two on Linux: a zip with such is refused on each of them.
 */
final class EntryNames {
  private final Path zip;

  /** Each name by what is left of it where case and form do not count. */
  private final Map<String, String> known = new HashMap<>();

  EntryNames(Path zip) {
    this.zip = zip;
  }

  /**
   * Adds a path, which may be known, and the folders that it leads through.
   *
   * @throws io.transferlearning.problem.Problem where it, or one of them, is known by another name
   */
  void add(List<String> parts) {
    StringBuilder path = new StringBuilder();
    for (String part : parts) {
      path.append(path.isEmpty() ? "" : "/").append(part);
      String name = path.toString();
      String other = known.putIfAbsent(folded(name), name);
      if (other != null && !other.equals(name)) {
        throw ArchiveProblems.sameNameTwice(zip, other, name);
      }
    }
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Form.NFC).toLowerCase(Locale.ROOT);
  }
}
