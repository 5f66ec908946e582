package io.transferlearning.data.audit;

import java.nio.file.Path;
import java.util.List;

/**
 * Something about the images that a user should know.
 *
 * @param kind what it is
 * @param files the files it is about, at least one
 * @param message one line that names them
 */
public record Finding(Kind kind, List<Path> files, String message) {

  /** Keeps a copy of the list. */
  public Finding {
    files = List.copyOf(files);
  }

  /** Whether the build should stop. */
  public boolean isFailure() {
    return kind.failure;
  }

  /** What can be found. */
  public enum Kind {
    /** A file that is empty, of no known format, damaged, or ends early. */
    UNREADABLE(true),
    /** The same bytes among the test images and among those for training or validation. */
    LEAKED(true),
    /** The same bytes under two classes of the same use. */
    TWO_CLASSES(false),
    /** The same bytes twice in one class, all for the same use or for training and validation. */
    REPEATED(false),
    /** A file or folder that is no image of a class. */
    IGNORED(false);

    private final boolean failure;

    Kind(boolean failure) {
      this.failure = failure;
    }
  }
}
