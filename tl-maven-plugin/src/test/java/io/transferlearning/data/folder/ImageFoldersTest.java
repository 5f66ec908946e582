package io.transferlearning.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.problem.Problem;
import java.nio.file.Path;
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
      "wanted: FOLDER/train/CLASS/*.jpg and FOLDER/test/CLASS/*.jpg (FOLDER/val is optional),"
          + " or FOLDER/CLASS/*.jpg to have it split";

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
  void hiddenFilesAreSkippedAndOthersRemembered() {
    fill("train", 3, "a", "b");
    fill("test", 3, "a", "b");
    touch("train/a/.DS_Store");
    touch("train/a/Thumbs.db");
    touch("train/.cache/x.jpg");
    touch("train/a/notes.txt");
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
        "the images in %s are not in class folders; found: 2 images, 1 other file, no folders%n"
            + "  -> move the images of each class into a folder named after it; "
            + WANTED,
        root);
  }

  @Test
  void noImagesAtAllIsAProblem() {
    touch("a/readme.txt");
    touch("b/readme.txt");
    assertProblem(
        this::read,
        "no images (JPEG, PNG, BMP, GIF, WebP, TIFF) in %s; found: no images, no other files, folders a,"
            + " b%n  -> "
            + WANTED,
        root);
  }

  @Test
  void aTestFolderWithoutATrainFolderIsAProblem() {
    fill("tarin", 3, "a", "b");
    fill("test", 3, "a", "b");
    assertProblem(
        this::read,
        "%s has a validation or test folder and no train folder; found: no images, no other files,"
            + " folders tarin, test%n  -> name the folder of the training images 'train'; "
            + WANTED,
        root);
  }

  @Test
  void splitsThatAreNotRecognisedAreNotReadAsClasses() {
    fill("train_set", 3, "a", "b");
    fill("test_set", 3, "a", "b");
    assertProblem(
        this::read,
        "the class folder %s holds folders; found: no images, no other files, folders a, b%n"
            + "  -> keep images directly in their class folder; "
            + WANTED,
        root.resolve("test_set"));
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
    touch("train/c/readme.txt");
    assertProblem(
        this::read,
        "class folders without images in %s: c%n  -> add images to them, or remove these folders",
        root.resolve("train"));
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
