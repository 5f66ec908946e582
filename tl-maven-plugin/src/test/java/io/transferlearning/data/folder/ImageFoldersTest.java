package io.transferlearning.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are empty here: reading folders does not open images. */
public class ImageFoldersTest {
  private static final String WANTED =
      "wanted:%n     FOLDER/train/CLASS/*.jpg%n     FOLDER/test/CLASS/*.jpg%n"
          + "     FOLDER/val/CLASS/*.jpg   (optional)%n"
          + "  or FOLDER/CLASS/*.jpg       (to have it split), or a .zip of either";

  private final Path root;

  ImageFoldersTest(@TempDir Path root) {
    this.root = root;
  }

  @ParameterizedTest
  @CsvSource({
    "seg_train, seg_val, seg_test",
    "train, val, test",
    "Train, VALID, Test",
    "training, validation, testing",
    "Training Set, dev, Test-Images",
    "train_data, eval, holdout",
    "seg_train/seg_train, valid/valid, seg_test/seg_test"
  })
  void theUsualFoldersAreTheSplits(String train, String validation, String test) {
    fill(train, 3, "sea", "forest");
    fill(validation, 2, "sea", "forest");
    fill(test, 1, "sea", "forest");
    Dataset dataset = read();
    assertThat(dataset.classes()).containsExactly("forest", "sea");
    assertThat(names(dataset.train()))
        .containsExactly(
            "forest/0.jpg", "forest/1.jpg", "forest/2.jpg", "sea/0.jpg", "sea/1.jpg", "sea/2.jpg");
    assertThat(dataset.train().get(3))
        .isEqualTo(new LabeledImage(root.resolve(train + "/sea/0.jpg"), "sea/0.jpg", 1));
    assertThat(dataset.validation()).hasSize(4);
    assertThat(names(dataset.test())).containsExactly("forest/0.jpg", "sea/0.jpg");
    assertThat(dataset.ignored()).isEmpty();
  }

  @Test
  void validationIsSplitOutOfTrainClassByClass() {
    fill("train", 20, "a");
    fill("train", 40, "b");
    fill("test", 2, "a", "b");
    Dataset dataset = read();
    assertThat(counts(dataset.validation())).containsExactly(3, 6);
    assertThat(counts(dataset.train())).containsExactly(17, 34);
    Set<String> both = new HashSet<>(names(dataset.train()));
    both.addAll(names(dataset.validation()));
    assertThat(both).hasSize(60);
    assertThat(dataset.test()).hasSize(4);
  }

  @Test
  void classFoldersAloneAreSplitThreeWays() {
    fill("", 20, "a", "b");
    Dataset dataset = read();
    assertThat(counts(dataset.test())).containsExactly(4, 4);
    assertThat(counts(dataset.validation())).containsExactly(2, 2);
    assertThat(counts(dataset.train())).containsExactly(14, 14);
  }

  @Test
  void everySplitHasAnImageOfASmallClass() {
    fill("", 3, "a", "b");
    Dataset dataset = read();
    assertThat(counts(dataset.test())).containsExactly(1, 1);
    assertThat(counts(dataset.validation())).containsExactly(1, 1);
    assertThat(counts(dataset.train())).containsExactly(1, 1);
  }

  @Test
  void theSeedChoosesAndTheSameSeedChoosesTheSame() {
    fill("", 30, "a", "b");
    assertThat(read()).isEqualTo(read());
    assertThat(ImageFolders.read(DatasetSpec.of(root, 43)).test()).isNotEqualTo(read().test());
  }

  @Test
  void anotherImageLeavesTheOthersWhereTheyWere() {
    fill("", 40, "a", "b");
    Set<String> before = new HashSet<>(names(read().test()));
    fill("", 41, "a");
    before.removeAll(names(read().test()));
    assertThat(before.size()).isLessThanOrEqualTo(1);
  }

  @Test
  void withoutATestFolderBesideTrainNothingIsTested() {
    fill("train", 4, "a", "b");
    assertThat(read().test()).isEmpty();
  }

  @Test
  void aMaximumLimitsTrainAndValidationAndNeverTest() {
    fill("train", 10, "a", "b");
    fill("val", 10, "a", "b");
    fill("test", 10, "a", "b");
    Dataset dataset = ImageFolders.read(DatasetSpec.of(root, 42).withMaxImagesPerClass(4));
    assertThat(counts(dataset.train())).containsExactly(4, 4);
    assertThat(counts(dataset.validation())).containsExactly(4, 4);
    assertThat(counts(dataset.test())).containsExactly(10, 10);
  }

  @Test
  void explicitFoldersTakeThePlaceOfTheFoundOnes() {
    fill("mine", 4, "a", "b");
    fill("theirs", 2, "a", "b");
    DatasetSpec spec =
        DatasetSpec.of(root.resolve("absent"), 42)
            .withFolders(root.resolve("mine"), null, root.resolve("theirs"));
    Dataset dataset = ImageFolders.read(spec);
    assertThat(dataset.train()).hasSize(6);
    assertThat(dataset.validation()).hasSize(2);
    assertThat(dataset.test()).hasSize(4);
  }

  @Test
  void whatIsFoundBesideAnExplicitFolderIsRemembered() {
    fill("train", 4, "a", "b");
    fill("test", 2, "a", "b");
    fill("val", 2, "a", "b");
    fill("valid", 2, "a", "b");
    fill("unseen", 3, "a", "b");
    DatasetSpec spec =
        DatasetSpec.of(root, 42)
            .withFolders(null, root.resolve("../" + root.getFileName() + "/valid"), unseen());
    Dataset dataset = ImageFolders.read(spec);
    assertThat(dataset.validation()).hasSize(4);
    assertThat(dataset.test()).hasSize(6);
    assertThat(dataset.ignored()).containsExactly(root.resolve("test"), root.resolve("val"));
  }

  @Test
  void anExplicitFolderMayHaveFoldersAroundItsClasses() {
    fill("0123/seg_train/seg_train", 4, "a", "b");
    fill("unseen", 2, "a", "b");
    DatasetSpec spec = DatasetSpec.of(root, 42).withFolders(root.resolve("0123"), null, unseen());
    assertThat(ImageFolders.read(spec).classes()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource({
    "images, other, images, training, test",
    "images, images, other, training, validation",
    "other, images, link, validation, test"
  })
  void oneFolderForTwoUsesIsAProblem(
      String train, String validation, String test, String one, String two) throws IOException {
    fill("images", 4, "a", "b");
    fill("other", 4, "a", "b");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("images"));
    DatasetSpec spec =
        DatasetSpec.of(root, 42)
            .withFolders(root.resolve(train), root.resolve(validation), root.resolve(test));
    assertProblem(
        () -> ImageFolders.read(spec),
        "the %s and the %s images are the same folder: %s%n  -> give each its own folder, or leave"
            + " out <%2$s> to have it split",
        one,
        two,
        root.resolve(two.equals("test") ? test : validation));
  }

  private Path unseen() {
    return root.resolve("unseen");
  }

  @Test
  void hiddenFilesAreSkippedAndOthersRemembered() {
    fill("train", 3, "a", "b");
    fill("test", 3, "a", "b");
    touch("train/a/.DS_Store");
    touch("train/a/Thumbs.db");
    touch("train/.cache/x.jpg");
    touch("train/a/notes.txt");
    touch("lost+found/1.jpg");
    touch("train/b/SHOUTED.JPEG");
    touch("seg_pred/1.jpg");
    touch("README.md");
    Dataset dataset = read();
    assertThat(dataset.ignored())
        .containsExactly(
            root.resolve("seg_pred"), root.resolve("README.md"), root.resolve("train/a/notes.txt"));
    assertThat(dataset.train().size() + dataset.validation().size()).isEqualTo(7);
  }

  @Test
  void classesThatDifferAreNamed() {
    fill("train", 3, "forest", "sea", "sky");
    fill("test", 3, "Forest", "sea");
    assertProblem(
        this::read,
        "the classes of the test images in %s differ from the training classes; without images of:"
            + " forest, sky; not among the training classes: Forest%n  -> make the class folders of"
            + " all splits the same, in spelling and case too",
        root.resolve("test"));
  }

  @Test
  void blanksAtTheEndOfANameAreShown() {
    fill("train", 3, "sea", "sky");
    fill("test", 3, "sea", "sky ");
    assertThatThrownBy(this::read)
        .hasMessageContaining("without images of: sky; not among the training classes: 'sky '");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertProblem(
        () -> ImageFolders.read(DatasetSpec.of(root.resolve("images"), 42)),
        "the dataset's folder %s does not exist%n  -> create it, or name another with <dataset> or"
            + " -Dtransfer.dataset=FOLDER; "
            + WANTED,
        root.resolve("images"));
  }

  @Test
  void imagesWithoutClassFoldersShowWhatIsFoundAndWhatIsWanted() {
    touch("1.jpg");
    touch("2.png");
    touch("labels.csv");
    assertProblem(
        this::read,
        "the images in %s are not in class folders; found in %s:%n     2 images (1.jpg, 2.png)%n"
            + "     1 other file (labels.csv)%n"
            + "  -> move the images of each class into a folder named after it; "
            + WANTED,
        root,
        root);
  }

  @Test
  void noImagesAtAllIsAProblem() {
    touch("a/readme.txt");
    touch("b/readme.txt");
    assertProblem(
        this::read,
        "no images (JPEG, PNG, BMP, GIF, WebP, TIFF) in %s; found in %s:%n     a/  no"
            + " images, 1 other file (readme.txt)%n     b/  no images, 1 other file (readme.txt)%n"
            + "  -> "
            + WANTED,
        root,
        root);
  }

  @Test
  void aTestFolderWithoutATrainFolderIsAProblem() {
    fill("tarin", 3, "a", "b");
    fill("test", 3, "a", "b");
    assertProblem(
        this::read,
        "%s has a validation or test folder and no train folder; found in %s:%n     tarin/ "
            + " a/ b/%n     test/  a/ b/%n  -> name the folder of the training images 'train'; "
            + WANTED,
        root,
        root);
  }

  @Test
  void splitsThatAreNotRecognisedAreNotReadAsClasses() {
    fill("for_learning", 3, "a", "b");
    fill("for_measuring", 3, "a", "b");
    assertProblem(
        this::read,
        "the class folder %s holds folders; found in %s:%n     a/  3 images%n     b/  3 images%n"
            + "  -> keep images directly in their class folder; "
            + WANTED,
        root.resolve("for_learning"),
        root.resolve("for_learning"));
  }

  @Test
  void imagesInSplitFoldersWithoutClassesAreNotClassesOfTheSplitsNames() {
    touch("train/1.jpg");
    touch("test/2.jpg");
    touch("seg_pred/3.jpg");
    assertThatThrownBy(this::read)
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "the images in %s are not in class folders; found in %1$s:%n     1 image (1.jpg)%n",
            root.resolve("train"));
  }

  @Test
  void aClassMayHaveTheNameOfASplit() {
    fill("", 20, "car", "train", "ship", "test");
    assertThat(read().classes()).containsExactly("car", "ship", "test", "train");
  }

  @Test
  void theIntelArchiveAsItUnpacksIsUnderstood() {
    fill("archive/seg_train/seg_train", 4, "sea", "forest");
    fill("archive/seg_test/seg_test", 2, "sea", "forest");
    touch("archive/seg_pred/seg_pred/5.jpg");
    touch("archive/__MACOSX/seg_train/x.jpg");
    Dataset dataset = read();
    assertThat(dataset.train().size() + dataset.validation().size()).isEqualTo(8);
    assertThat(dataset.test()).hasSize(4);
    assertThat(dataset.ignored()).containsExactly(root.resolve("archive/seg_pred"));
  }

  @Test
  void accentsComposedOrNotAreTheSameClass() {
    fill("train", 3, "caf\u00E9", "sea");
    fill("test", 3, "cafe\u0301", "sea");
    Dataset dataset = read();
    assertThat(dataset.classes()).containsExactly("caf\u00E9", "sea");
    assertThat(names(dataset.test())).contains("caf\u00E9/0.jpg");
    assertThat(dataset.test().get(0).file()).exists();
  }

  @Test
  void namesMayHoldBlanksOrBeReservedElsewhere() {
    fill("train", 3, "deep sea", "con", "\u68EE\u6797", "-rf");
    fill("test", 3, "deep sea", "con", "\u68EE\u6797", "-rf");
    assertThat(read().classes()).containsExactly("-rf", "con", "deep sea", "\u68EE\u6797");
  }

  @ParameterizedTest
  @CsvSource({"Sea, sea", "caf\u00E9, cafe\u0301"})
  void classesThatWouldBeOneElsewhereAreAProblem(String one, String other) {
    fill("train", 3, one, other);
    assertThatThrownBy(this::read)
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "two class folders have names that differ in case or the form of accents alone: ");
  }

  @Test
  void linksAreFollowedAndPipesAreNoImages() throws IOException, InterruptedException {
    fill("elsewhere/water", 3, "deep");
    fill("set/train", 3, "sky");
    fill("set/test", 2, "sea", "sky");
    Files.createSymbolicLink(root.resolve("set/train/sea"), root.resolve("elsewhere/water/deep"));
    Files.createSymbolicLink(root.resolve("set/train/sky/gone.jpg"), root.resolve("nowhere.jpg"));
    int made =
        new ProcessBuilder("mkfifo", root.resolve("set/train/sky/pipe.jpg").toString())
            .start()
            .waitFor();
    assertThat(made).isZero();
    Dataset dataset = ImageFolders.read(DatasetSpec.of(root.resolve("set"), 42));
    List<String> all = new ArrayList<>(names(dataset.train()));
    all.addAll(names(dataset.validation()));
    // The link to nowhere stays, for the audit to tell.
    assertThat(all).contains("sea/0.jpg", "sky/gone.jpg").doesNotContain("sky/pipe.jpg");
    assertThat(dataset.ignored()).containsExactly(root.resolve("set/train/sky/pipe.jpg"));
  }

  @Test
  void twoFoldersForASplitAreAProblem() {
    fill("train", 3, "a", "b");
    fill("val", 3, "a", "b");
    fill("valid", 3, "a", "b");
    assertProblem(
        this::read,
        "two folders could be the validation images: %s, %s%n  -> keep one of them in the dataset,"
            + " and move or rename the other",
        root.resolve("val"),
        root.resolve("valid"));
  }

  @Test
  void oneClassIsAProblem() {
    fill("train", 3, "a");
    assertProblem(
        this::read,
        "%s has one class only, 'a'; a classifier needs at least two%n  -> add a folder of images"
            + " for each further class; "
            + WANTED,
        root.resolve("train"));
  }

  @Test
  void aClassWithoutImagesIsAProblem() {
    fill("train", 3, "a", "b");
    touch("train/c/IMG_1.HEIC");
    assertProblem(
        this::read,
        "class folders without images (JPEG, PNG, BMP, GIF, WebP, TIFF) in %s: c; found in %s:%n"
            + "     1 other file (IMG_1.HEIC)%n"
            + "  -> add images to them, or remove these folders",
        root.resolve("train"),
        root.resolve("train/c"));
  }

  @Test
  void linksThatLeadBackAreToldAndNotFollowedForever() throws IOException {
    Files.createDirectory(root.resolve("set"));
    Files.createSymbolicLink(root.resolve("set/again"), root.resolve("set"));
    assertThatThrownBy(() -> ImageFolders.read(DatasetSpec.of(root.resolve("set"), 42)))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "the class folder %s holds folders; found in %1$s:%n     again/  again/%n",
            root.resolve("set/again"));
    fill("train", 3, "a", "b");
    Files.createSymbolicLink(root.resolve("train/a/up"), root.resolve("train"));
    assertThatThrownBy(this::read)
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("the class folder %s holds folders;", root.resolve("train/a"));
  }

  /** A name of Latin-1's bytes, as old archives leave them. */
  @Test
  void aClassWhoseNameIsNotDecodedIsAProblem() throws IOException, InterruptedException {
    fill("train", 3, "a", "b");
    String script = "cd \"$1\" && mv b \"$(printf 'G\\344nse')\"";
    int moved =
        new ProcessBuilder("sh", "-c", script, "sh", root.resolve("train").toString())
            .start()
            .waitFor();
    assumeTrue(moved == 0, "this file system takes no such name");
    assertThatThrownBy(this::read)
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("the name of the class folder ")
        .hasMessageContaining(" can not be read in the system's encoding, ");
  }

  @Test
  void aFolderThatMayNotBeReadIsNamedWithTheReason() throws IOException {
    fill("train", 3, "a", "b");
    Path closed = root.resolve("train/b");
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      assumeFalse(Files.isReadable(closed), "root may read everything");
      assertProblem(
          this::read,
          "the folder %s can not be read: permission denied%n"
              + "  -> check its permissions, then run the goal again",
          closed);
    } finally {
      Files.setPosixFilePermissions(closed, Set.of(PosixFilePermission.values()));
    }
  }

  @Test
  void aFileInTheDatasetsPlaceIsCalledAFile() {
    touch("scenes.tar");
    assertProblem(
        () -> ImageFolders.read(DatasetSpec.of(root.resolve("scenes.tar"), 42)),
        "the dataset's %s is a file, neither a folder nor a .zip%n  -> name one of these with"
            + " <dataset> or -Dtransfer.dataset=FOLDER; "
            + WANTED,
        root.resolve("scenes.tar"));
  }

  @Test
  void aClassTooSmallToSplitIsAProblem() {
    fill("train", 2, "a");
    fill("train", 1, "b", "c");
    assertProblem(
        this::read,
        "each class in %s needs at least 2 images to be split; too few in: b (1), c (1)%n  -> add"
            + " images to these classes, or give the dataset its own validation and test folders",
        root.resolve("train"));
  }

  @Test
  void fractionsAndMaximaAreChecked() {
    assertProblem(
        () -> DatasetSpec.of(root, 1).withFractions(1.5, 0.2),
        "the validation fraction is 1.5; it must be above 0 and below 1%n  -> set <validation> in"
            + " <dataset> to the part of the images to keep, such as 0.15");
    assertProblem(
        () -> DatasetSpec.of(root, 1).withMaxImagesPerClass(1),
        "the maximum of images a class is 1; it must be 0 (all) or at least 2%n  -> set"
            + " <maxImagesPerClass> in <dataset> to 2 or more, or leave it out");
  }

  private Dataset read() {
    return ImageFolders.read(DatasetSpec.of(root, 42));
  }

  private static void assertProblem(ThrowingCallable call, String message, Object... values) {
    assertThatThrownBy(call).isInstanceOf(Problem.class).hasMessage(message, values);
  }

  private void fill(String split, int images, String... classes) {
    for (String name : classes) {
      for (int i = images - 1; i >= 0; i--) {
        touch((split.isEmpty() ? "" : split + "/") + name + "/" + i + ".jpg");
      }
    }
  }

  private void touch(String name) {
    SyntheticImage.write(root.resolve(name), new byte[0]);
  }

  private static List<String> names(List<LabeledImage> images) {
    return images.stream().map(LabeledImage::name).toList();
  }

  /** The number of images of class 0 and of class 1. */
  private static List<Integer> counts(List<LabeledImage> images) {
    int second = (int) images.stream().filter(image -> image.label() == 1).count();
    return List.of(images.size() - second, second);
  }
}
