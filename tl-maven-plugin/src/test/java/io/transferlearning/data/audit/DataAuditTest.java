package io.transferlearning.data.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.audit.Finding.Kind;
import io.transferlearning.data.image.ImageIntegrity;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class DataAuditTest {
  private final Path folder;

  DataAuditTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void soundAndDifferentImagesGiveNoFindings() {
    DataAudit audit = audit(List.of(image("a", 0, 1), image("b", 1, 2)), List.of(image("c", 0, 3)));
    assertThat(audit.findings()).isEmpty();
    audit.requireNoFailures();
  }

  @ParameterizedTest
  @CsvSource({"jpg, 0.5", "jpg, 0.9", "jpg, 0.99", "png, 0.5", "png, 0.99", "gif, 0.5", "bmp, 0.5"})
  void aFileThatEndsEarlyIsAFailure(String format, double part) {
    byte[] whole = SyntheticImage.encoded(SyntheticImage.image(photo()), format);
    Path sound = SyntheticImage.write(folder.resolve("sound." + format), whole);
    Path cut =
        SyntheticImage.write(
            folder.resolve("cut." + format), Arrays.copyOf(whole, (int) (whole.length * part)));
    DataAudit audit =
        audit(List.of(new LabeledImage(sound, "s", 0), new LabeledImage(cut, "c", 0)), List.of());
    assertThat(audit.failures()).hasSize(1);
    assertThat(audit.failures().get(0).files()).containsExactly(cut);
    assertThat(audit.failures().get(0).kind()).isEqualTo(Kind.UNREADABLE);
  }

  @Test
  void aJpegWhoseMiddleIsMissingIsAFailureThoughItHasAnEnd() {
    byte[] whole = SyntheticImage.encoded(SyntheticImage.image(photo()), "jpg");
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertThat(ImageIntegrity.check(cut).damage())
        .isEqualTo("Corrupt JPEG data: premature end of data segment");
  }

  @Test
  void emptyAndForeignFilesAreNamedInTheProblem() {
    Path empty = SyntheticImage.write(folder.resolve("empty.jpg"), new byte[0]);
    Path text = SyntheticImage.write(folder.resolve("text.png"), new byte[] {'h', 'i'});
    DataAudit audit =
        audit(
            List.of(new LabeledImage(empty, "e", 0), image("a", 1, 1)),
            List.of(new LabeledImage(text, "t", 0)));
    assertThatThrownBy(audit::requireNoFailures)
        .isInstanceOf(Problem.class)
        .hasMessage(
            "2 images can not be read completely:%n     %s: the file is empty%n     %s: no known"
                + " image format%n  -> fetch these files again or remove them; a damaged image"
                + " teaches the wrong thing",
            empty, text);
  }

  @Test
  void aTestImageAmongTheTrainingImagesIsAFailure() {
    LabeledImage train = image("train/a", 0, 7);
    LabeledImage test = image("test/a", 1, 7);
    DataAudit audit = audit(List.of(train, image("b", 1, 2)), List.of(test));
    assertThatThrownBy(audit::requireNoFailures)
        .isInstanceOf(Problem.class)
        .hasMessage(
            "1 test image also in the training or validation images, byte for byte:%n     %s = %s%n"
                + "  -> remove each from one of the two, so that the test measures images never"
                + " seen before",
            train.file(), test.file());
  }

  @Test
  void theSameImageInTwoClassesIsAWarning() {
    LabeledImage forest = image("forest/a", 0, 7);
    LabeledImage sea = image("sea/a", 1, 7);
    DataAudit audit = audit(List.of(forest, sea), List.of());
    audit.requireNoFailures();
    assertThat(audit.warnings())
        .containsExactly(
            new Finding(
                Kind.TWO_CLASSES,
                List.of(forest.file(), sea.file()),
                "the same image is in classes forest, sea: " + forest.file() + " = " + sea.file()));
  }

  @Test
  void theSameImageTwiceInAClassAndIgnoredFilesAreWarnings() {
    Path notes = folder.resolve("notes.txt");
    Dataset dataset =
        new Dataset(
            List.of("forest", "sea"),
            List.of(image("a", 0, 7), image("b", 0, 7)),
            List.of(),
            List.of(),
            List.of(notes));
    assertThat(DataAudit.of(dataset).warnings())
        .extracting(Finding::message)
        .containsExactly(
            "the same image is there twice: "
                + folder.resolve("a.png")
                + " = "
                + folder.resolve("b.png"),
            notes + " is no image of a class");
  }

  @Test
  void aLongListIsCutAfterTenAndCounted() {
    List<LabeledImage> broken = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      Path file = SyntheticImage.write(folder.resolve(i + ".jpg"), new byte[0]);
      broken.add(new LabeledImage(file, i + ".jpg", 0));
    }
    assertThatThrownBy(audit(broken, List.of())::requireNoFailures)
        .hasMessageStartingWith("13 images can not be read completely:")
        .hasMessageContaining("9.jpg: the file is empty%n     and 3 more%n".formatted());
  }

  private static Pixels photo() {
    return SyntheticImage.pixels(64, 48);
  }

  private LabeledImage image(String name, int label, int number) {
    Path file = SyntheticImage.writeNumbered(folder.resolve(name + ".png"), number);
    return new LabeledImage(file, name, label);
  }

  private static DataAudit audit(List<LabeledImage> train, List<LabeledImage> test) {
    return DataAudit.of(new Dataset(List.of("forest", "sea"), train, List.of(), test, List.of()));
  }
}
