package io.transferlearning.data.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.image.ImageIntegrity;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

public class DataAuditTest {
  /** Of the images here the smallest has 8 pixels. */
  private static final int SIZE = 16;

  private final Path folder;

  DataAuditTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void soundAndDifferentImagesGiveNoFindings() {
    DataAudit audit = audit(List.of(image("a", 0, 1), image("b", 1, 2)), List.of(image("c", 0, 3)));
    assertThat(audit.findings()).isEmpty();
    audit.requireNoFailures(null);
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
    Finding failure = audit.failures().get(0);
    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(failure.examples()).hasSize(1);
    assertThat(failure.examples().get(0).text()).startsWith(cut + ": ");
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
    assertThatThrownBy(() -> audit.requireNoFailures(null))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "2 images can not be read completely:%n     %s: the file is empty%n     %s: no known"
                + " image format%n  -> fetch these files again or remove them; a damaged image"
                + " teaches the wrong thing%n  -> 1 of them is a test image: a test image can not"
                + " be left out of a score, so replace or remove it%n  -> or let the others pass"
                + " with a warning: -Dtransfer.audit.unreadable=warn, or <audit> in the"
                + " configuration",
            empty, text);
  }

  @Test
  void aTestImageAmongTheTrainingImagesIsAFailure() {
    LabeledImage train = image("train/a", 0, 7);
    LabeledImage test = image("test/a", 0, 7);
    DataAudit audit = audit(List.of(train, image("b", 1, 2)), List.of(test));
    assertThatThrownBy(() -> audit.requireNoFailures(null))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "1 test image is also among the training or validation images:%n     %s = %s%n"
                + "  -> remove each from one of the two, so that the test measures images never"
                + " seen before%n  -> or let it pass with a warning:"
                + " -Dtransfer.audit.testLeakage=warn, or <audit> in the configuration",
            train.file(), test.file());
  }

  @Test
  void theSamePixelsInAnotherFormatAreTheSameImage() {
    byte[] png = SyntheticImage.encoded(SyntheticImage.image(photo()), "png");
    byte[] bmp = SyntheticImage.encoded(SyntheticImage.image(photo()), "bmp");
    Path train = SyntheticImage.write(folder.resolve("train.png"), png);
    Path test = SyntheticImage.write(folder.resolve("test.bmp"), bmp);
    DataAudit audit =
        audit(List.of(new LabeledImage(train, "a", 0)), List.of(new LabeledImage(test, "b", 0)));
    assertThat(audit.failures())
        .containsExactly(
            new Finding(
                Kind.TEST_LEAKAGE,
                Action.FAIL,
                1,
                "1 test image is also among the training or validation images",
                List.of(
                    new Example(List.of(train, test), " (the same pixels in different files)"))));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TEST_LEAKAGE", "TWO_CLASSES"})
  void damagedFilesAreTheSameImageIfTheirBytesAre(Kind kind) {
    byte[] whole = SyntheticImage.encoded(SyntheticImage.image(photo()), "jpg");
    byte[] cut = Arrays.copyOf(whole, whole.length - 2);
    byte[] shorter = Arrays.copyOf(whole, whole.length - 1);
    Path train = SyntheticImage.write(folder.resolve("train.jpg"), cut);
    Path other = SyntheticImage.write(folder.resolve("other.jpg"), cut);
    Path third = SyntheticImage.write(folder.resolve("third.jpg"), shorter);
    LabeledImage second = new LabeledImage(other, "o", kind == Kind.TWO_CLASSES ? 1 : 0);
    List<LabeledImage> all =
        new ArrayList<>(List.of(new LabeledImage(train, "t", 0), image("b", 1, 1)));
    all.add(new LabeledImage(third, "3", 1));
    if (kind == Kind.TWO_CLASSES) {
      all.add(second);
    }
    Dataset dataset = dataset(all, kind == Kind.TWO_CLASSES ? List.of() : List.of(second));
    assertThat(audit(dataset, Map.of(Kind.UNREADABLE, Action.WARN)).findings())
        .filteredOn(finding -> finding.kind() == kind)
        .flatExtracting(Finding::examples)
        .containsExactly(new Example(List.of(train, other), ""));
  }

  @Test
  void filesAreNamedWholeOrFromAFolderOn() {
    Path root = folder.resolve("images");
    Path below = root.resolve("sea\n/1.jpg");
    Path beside = folder.resolve("images 2/1.jpg");
    Example example = new Example(List.of(below, beside), " (8 x 8)");
    assertThat(example.text()).isEqualTo(root + "/sea?/1.jpg = " + beside + " (8 x 8)");
    assertThat(example.text(root)).isEqualTo("sea?/1.jpg = " + beside + " (8 x 8)");
    assertThat(Example.of("a (3)").text(root)).isEqualTo("a (3)");
  }

  @Test
  void aLinkToNowhereIsNamedWithTheReason() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("l.jpg"), folder.resolve("nowhere.jpg"));
    DataAudit audit = audit(List.of(image("a", 0, 1), new LabeledImage(link, "l", 0)), List.of());
    assertThat(audit.failures().get(0).line(1))
        .isEqualTo(
            "1 image can not be read completely: "
                + link
                + ": it does not exist, or is a link to what does not");
  }

  @Test
  void picturesOfOtherFormatsAreNamedFirst() {
    Path notes = Path.of("notes.txt");
    Path photo = Path.of("IMG_1.HEIC");
    List<LabeledImage> train = List.of(image("a", 0, 1));
    DataAudit some =
        audit(
            new Dataset(
                List.of("forest", "sea"), train, List.of(), List.of(), List.of(notes, photo)),
            Map.of());
    assertThat(some.warnings().get(0).line(2))
        .isEqualTo(
            "2 files or folders are no image of a class: IMG_1.HEIC (a format that is not read);"
                + " notes.txt");
    assertThat(some.passedOverPictures()).isTrue();
    DataAudit none =
        audit(
            new Dataset(List.of("forest", "sea"), train, List.of(), List.of(), List.of(notes)),
            Map.of());
    assertThat(none.passedOverPictures()).isFalse();
  }

  @Test
  void onePixelMoreIsAnotherImage() {
    LabeledImage train = image("train/a", 0, 7);
    Path wider =
        SyntheticImage.write(
            folder.resolve("wider.png"),
            SyntheticImage.encoded(SyntheticImage.plain(9, 8, 7 * 2654435 & 0xFFFFFF), "png"));
    assertThat(audit(List.of(train), List.of(new LabeledImage(wider, "w", 0))).findings())
        .isEmpty();
  }

  @Test
  void theSameImageInTwoClassesOrTwiceInOneIsAWarning() {
    LabeledImage forest = image("forest/a", 0, 7);
    LabeledImage again = image("forest/b", 0, 7);
    LabeledImage sea = image("sea/a", 1, 7);
    DataAudit audit = audit(List.of(forest, again, sea), List.of());
    audit.requireNoFailures(null);
    Example all = new Example(List.of(forest.file(), again.file(), sea.file()), "");
    assertThat(audit.warnings())
        .containsExactly(
            new Finding(
                Kind.TWO_CLASSES,
                Action.WARN,
                1,
                "1 image is in more than one class",
                List.of(all)),
            new Finding(
                Kind.DUPLICATES,
                Action.WARN,
                1,
                "1 image is more than once in a class",
                List.of(all)));
  }

  @Test
  void theSameImageForTrainingAndValidationIsAWarning() {
    LabeledImage train = image("train/a", 0, 7);
    LabeledImage validation = image("val/a", 0, 7);
    Dataset dataset =
        new Dataset(
            List.of("forest", "sea"), List.of(train), List.of(validation), List.of(), List.of());
    assertThat(audit(dataset, Map.of()).warnings())
        .extracting(Finding::kind)
        .containsExactly(Kind.VALIDATION_LEAKAGE);
  }

  @Test
  void classSizesAndSmallImagesAreTold() {
    List<LabeledImage> train = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      train.add(image("a" + i, 0, i));
    }
    train.add(image("b0", 1, 30));
    train.add(image("b1", 1, 31));
    Dataset dataset =
        new Dataset(List.of("a", "b"), train, List.of(), List.of(), List.of(Path.of("n\ntxt")));
    AuditPlan plan = new AuditPlan(Map.of(), 17, 2, null);
    assertThat(DataAudit.of(dataset, plan, AuditListener.NONE).warnings())
        .extracting(finding -> finding.line(1))
        .containsExactly(
            "1 class has fewer than 10 training images: b (2)",
            "a class has 10 times another's training images or more: a (30) against b (2)",
            "32 of 32 images have a side below half of the network's 17 pixels: "
                + train.get(0).file()
                + " (8 x 8); and 31 more",
            "1 file or folder is no image of a class: n?txt");
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void whatBecomesOfAFindingIsTheUsersChoice(Action action) {
    Dataset dataset = twice();
    DataAudit audit = audit(dataset, Map.of(Kind.DUPLICATES, action));
    assertThat(audit.failures()).hasSize(action == Action.FAIL ? 1 : 0);
    assertThat(audit.warnings()).hasSize(action == Action.WARN ? 1 : 0);
  }

  @Test
  void severalFailuresAreToldTogether() {
    LabeledImage train = image("train/a", 0, 7);
    Path empty = SyntheticImage.write(folder.resolve("empty.jpg"), new byte[0]);
    DataAudit audit =
        audit(List.of(train, new LabeledImage(empty, "e", 1)), List.of(image("test/a", 0, 7)));
    assertThatThrownBy(() -> audit.requireNoFailures(null))
        .hasMessageStartingWith("1 image can not be read completely:")
        .hasMessageContaining("%n1 test image is also among".formatted())
        .hasMessageContaining("%n  -> remove each from one of the two".formatted());
  }

  @Test
  void aLongListIsCutAfterTenAndCounted() {
    List<LabeledImage> broken = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      Path file = SyntheticImage.write(folder.resolve(i + ".jpg"), new byte[0]);
      broken.add(new LabeledImage(file, i + ".jpg", 0));
    }
    DataAudit audit = audit(broken, List.of());
    assertThat(audit.findings().get(0).examples()).hasSize(63);
    assertThatThrownBy(() -> audit.requireNoFailures(null))
        .hasMessageStartingWith("63 images can not be read completely:")
        .hasMessageContaining("9.jpg: the file is empty%n     and 53 more%n".formatted())
        .hasMessageNotContaining("listed");
    assertThatThrownBy(() -> audit.requireNoFailures(Path.of("all.txt")))
        .hasMessageContaining("%n  -> all of them are listed in all.txt%n".formatted());
  }

  @Test
  void unreadableTrainingImagesArePassedOverWhereTheyMayBe() {
    Path empty = SyntheticImage.write(folder.resolve("empty.jpg"), new byte[0]);
    LabeledImage sound = image("a", 0, 1);
    LabeledImage other = image("b", 1, 2);
    Dataset dataset = dataset(List.of(sound, new LabeledImage(empty, "e", 0), other), List.of());
    DataAudit audit = audit(dataset, Map.of(Kind.UNREADABLE, Action.WARN));
    audit.requireNoFailures(null);
    assertThat(audit.dataset().train()).containsExactly(sound, other);
  }

  @Test
  void whatIsLetPassIsWhatMayPass() {
    Path empty = SyntheticImage.write(folder.resolve("empty.jpg"), new byte[0]);
    LabeledImage train = image("train/a", 0, 7);
    LabeledImage test = image("test/a", 0, 7);
    DataAudit audit =
        audit(List.of(train, image("b", 1, 2)), List.of(test, new LabeledImage(empty, "e", 0)));
    assertThatThrownBy(() -> audit.requireNoFailures(null))
        .hasMessageContaining("it is a test image: a test image can not be left out of a score")
        .hasMessageEndingWith(
            "or let it pass with a warning: -Dtransfer.audit.testLeakage=warn, or <audit> in the"
                + " configuration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"warn", "ignore"})
  void anUnreadableTestImageFailsWhateverIsSaid(String action) {
    Path empty = SyntheticImage.write(folder.resolve("empty.jpg"), new byte[0]);
    Dataset dataset = dataset(List.of(image("a", 0, 1)), List.of(new LabeledImage(empty, "e", 0)));
    DataAudit audit = audit(dataset, Map.of(Kind.UNREADABLE, Action.of(action).orElseThrow()));
    assertThatThrownBy(() -> audit.requireNoFailures(null))
        .hasMessage(
            "1 image can not be read completely:%n     %s: the file is empty%n  -> fetch these"
                + " files again or remove them; a damaged image teaches the wrong thing%n  -> it"
                + " is a test image: a test image can not be left out of a score, so replace or"
                + " remove it",
            empty);
  }

  @Test
  void aClassWithoutAReadableImageIsAProblem() {
    Path empty = SyntheticImage.write(folder.resolve("empty.jpg"), new byte[0]);
    Dataset dataset =
        dataset(List.of(image("a", 0, 1), new LabeledImage(empty, "e", 1)), List.of());
    assertThatThrownBy(() -> audit(dataset, Map.of(Kind.UNREADABLE, Action.IGNORE)))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "no training image can be decoded in: sea%n  -> fetch the images of these classes"
                    .formatted()
                + " again, or remove the class folders");
  }

  @Test
  void whatIsKnownByContentIsNotDecodedAgain() throws IOException {
    Dataset dataset = twice();
    AuditPlan plan =
        new AuditPlan(Map.of(Kind.FEW_IMAGES, Action.IGNORE), SIZE, 2, folder.resolve("cache"));
    List<String> decoded = Collections.synchronizedList(new ArrayList<>());
    AuditListener listener =
        new AuditListener() {
          @Override
          public void decoded(LabeledImage image, Pixels pixels) {
            decoded.add(image.name() + " " + pixels.width());
          }
        };
    DataAudit first = DataAudit.of(dataset, plan, listener);
    assertThat(decoded).containsExactlyInAnyOrder("a 8", "b 8", "c 8");
    decoded.clear();
    assertThat(DataAudit.of(dataset, plan, listener)).isEqualTo(first);
    assertThat(decoded).isEmpty();
    // The same name, size and time: only the content tells.
    Path file = dataset.train().get(2).file();
    var time = Files.getLastModifiedTime(file);
    SyntheticImage.writeNumbered(file, 9);
    Files.setLastModifiedTime(file, time);
    DataAudit.of(dataset, plan, listener);
    assertThat(decoded).containsExactly("c 8");
  }

  @Test
  void aDamagedCacheIsNoCache() throws IOException {
    Dataset dataset = twice();
    Path cache = folder.resolve("cache");
    AuditPlan plan = new AuditPlan(Map.of(Kind.FEW_IMAGES, Action.IGNORE), SIZE, 1, cache);
    DataAudit first = DataAudit.of(dataset, plan, AuditListener.NONE);
    Path file;
    try (var files = Files.list(cache)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at += 7) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      assertThat(DataAudit.of(dataset, plan, AuditListener.NONE)).isEqualTo(first);
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(DataAudit.of(dataset, plan, AuditListener.NONE)).isEqualTo(first);
  }

  @Test
  void aCacheThatCanNotBeWrittenChangesNothing() {
    Path file = SyntheticImage.write(folder.resolve("file"), new byte[0]);
    AuditPlan plan =
        new AuditPlan(Map.of(Kind.FEW_IMAGES, Action.IGNORE), SIZE, 1, file.resolve("cache"));
    assertThat(DataAudit.of(twice(), plan, AuditListener.NONE).warnings()).hasSize(1);
  }

  private Dataset twice() {
    return dataset(List.of(image("a", 0, 7), image("b", 0, 7), image("c", 1, 8)), List.of());
  }

  private static Pixels photo() {
    return SyntheticImage.pixels(64, 48);
  }

  private LabeledImage image(String name, int label, int number) {
    Path file = SyntheticImage.writeNumbered(folder.resolve(name + ".png"), number);
    return new LabeledImage(file, name, label);
  }

  private static Dataset dataset(List<LabeledImage> train, List<LabeledImage> test) {
    return new Dataset(List.of("forest", "sea"), train, List.of(), test, List.of());
  }

  /** Without what small datasets always have. */
  private static DataAudit audit(List<LabeledImage> train, List<LabeledImage> test) {
    return audit(dataset(train, test), Map.of());
  }

  private static DataAudit audit(Dataset dataset, Map<Kind, Action> actions) {
    Map<Kind, Action> all = new EnumMap<>(Kind.class);
    all.put(Kind.FEW_IMAGES, Action.IGNORE);
    all.putAll(actions);
    return DataAudit.of(dataset, new AuditPlan(all, SIZE, 2, null), AuditListener.NONE);
  }
}
