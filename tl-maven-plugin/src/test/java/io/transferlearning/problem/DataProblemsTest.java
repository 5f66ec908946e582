package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Texts that need more than a folder to come up; {@code data} tests the others where they arise.
 */
class DataProblemsTest {
  private static final Path FOLDER = Path.of("images");

  @Test
  void aFileInAFoldersPlaceIsCalledAFile() {
    assertThat(DataProblems.missingFolder(FOLDER, true).what())
        .isEqualTo("the dataset's images is a file, neither a folder nor a .zip");
  }

  @Test
  void aFolderThatCanNotBeListedKeepsTheReason() {
    IOException cause = new IOException("Permission denied");
    assertThat(DataProblems.unreadableFolder(FOLDER, cause))
        .hasMessage(
            "the folder images can not be read: Permission denied%n"
                + "  -> check its permissions, then run the goal again",
            new Object[0])
        .hasCause(cause);
  }

  @Test
  void theReasonIsNoMereName() {
    assertThat(DataProblems.reason(new AccessDeniedException("a.jpg")))
        .isEqualTo("permission denied");
    assertThat(DataProblems.reason(new NoSuchFileException("a.jpg")))
        .isEqualTo("it does not exist, or is a link to what does not");
    assertThat(DataProblems.reason(new FileSystemException("a", null, "Input/output error")))
        .isEqualTo("Input/output error");
    assertThat(DataProblems.reason(new UncheckedIOException(new AccessDeniedException("a"))))
        .isEqualTo("permission denied");
  }

  @Test
  void anExceptionWithoutAMessageIsNamed() {
    assertThat(DataProblems.unreadableImage(FOLDER, new IOException()).what())
        .isEqualTo("the image images can not be read: IOException");
  }

  @Test
  void tenOfManyClassesAreNamed() {
    List<String> names = IntStream.range(0, 12).mapToObj(i -> "c" + i).toList();
    assertThat(DataProblems.emptyClasses(FOLDER, names, "found").what())
        .isEqualTo(
            "class folders without images (JPEG, PNG, BMP, GIF, WebP, TIFF) in images: c0, c1, c2,"
                + " c3, c4, c5, c6, c7, c8, c9 and 2 more; found");
  }
}
