package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.StripedImages;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the test images are those that a model has not seen. */
class TestSplitTest {
  private final Path images;

  TestSplitTest(@TempDir Path folder) {
    this.images = folder.resolve("images");
  }

  @BeforeEach
  void write() throws IOException {
    StripedImages.write(images);
  }

  @Test
  void whatIsDrawnFromClassFoldersIsSaidInWords() {
    assertThat(split(classFolders()))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .matches("3 images, seed 42, fraction 0\\.2, names [0-9a-f]{12}")
                    .isEqualTo(split(classFolders()).orElseThrow()));
  }

  @Test
  void aTestFolderSaysItself() {
    assertThat(split(DatasetSpec.of(images, 42))).isEmpty();
    assertThat(split(classFolders().withFolders(null, null, images.resolve("test")))).isEmpty();
  }

  @Test
  void anotherSeedAnotherFractionAndMoreImagesAreAnotherSplit() throws IOException {
    Map<String, String> trained = facts(classFolders());

    assertThatCode(() -> require(trained, classFolders())).doesNotThrowAnyException();
    assertRefused(trained, DatasetSpec.of(images.resolve("train"), 7));
    assertRefused(trained, classFolders().withFractions(0.15, 0.4));
    for (int i = 0; i < 20; i++) {
      Files.copy(
          images.resolve("train/red/image0.png"), images.resolve("train/red/more" + i + ".png"));
    }
    assertRefused(trained, classFolders());
  }

  @Test
  void imagesOfOtherNamesAreAnotherSplitWhereTheNumbersAreTheSame() throws IOException {
    Map<String, String> trained = facts(classFolders());
    Files.move(images.resolve("train/red"), images.resolve("train/rot"));

    assertRefused(trained, classFolders());
  }

  @Test
  void aModelThatDoesNotSayIsNotScoredOnWhatIsDrawn() {
    assertRefused(Map.of(), classFolders());
    assertThatCode(() -> require(Map.of(), DatasetSpec.of(images, 42))).doesNotThrowAnyException();
  }

  @Test
  void aModelIsScoredOnATestFolderWhateverWasDrawnForIt() {
    Map<String, String> trained = facts(classFolders());

    assertThatCode(() -> require(trained, DatasetSpec.of(images, 42))).doesNotThrowAnyException();
  }

  private DatasetSpec classFolders() {
    return DatasetSpec.of(images.resolve("train"), 42);
  }

  private static Map<String, String> facts(DatasetSpec spec) {
    return Map.of(TestSplit.FACT, split(spec).orElseThrow());
  }

  private static Optional<String> split(DatasetSpec spec) {
    return TestSplit.of(spec, ImageFolders.read(spec));
  }

  private static void require(Map<String, String> provenance, DatasetSpec spec) {
    TestSplit.requireUnseen(provenance, spec, ImageFolders.read(spec));
  }

  private static void assertRefused(Map<String, String> provenance, DatasetSpec spec) {
    assertThatThrownBy(() -> require(provenance, spec))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(split(spec).orElseThrow());
  }
}
