package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArtifactProblemsTest {
  @Test
  void aMissingModelSaysHowToMakeOne() {
    Problem problem = ArtifactProblems.noModel(Path.of("model.zip"));

    assertThat(problem.what()).isEqualTo("there is no packaged model at model.zip");
    assertThat(problem.next()).isEqualTo("run transfer:train first, in this build or before it");
  }

  @Test
  void aFileThatIsNoModelSaysWhy() {
    Problem problem = ArtifactProblems.notAModel(Path.of("model.zip"), "it lacks model.json");

    assertThat(problem.what()).isEqualTo("model.zip is not a packaged model: it lacks model.json");
    assertThat(problem.next())
        .isEqualTo("delete it and run transfer:train first, in this build or before it");
  }

  @Test
  void otherClassesAreNamedOnBothSides() {
    Problem problem = ArtifactProblems.otherClasses(List.of("cat"), List.of("cat", "dog"));

    assertThat(problem.what())
        .isEqualTo("the packaged model knows the classes [cat], the dataset has [cat, dog]");
    assertThat(problem.next())
        .isEqualTo(
            "train again on this dataset, or set -Dtransfer.dataset to the one it was trained on");
  }

  @Test
  void otherTestImagesAreNamedOnBothSides() {
    Problem problem =
        ArtifactProblems.otherTestImages(
            "35 images, seed 42, fraction 0.2, names 0123456789ab",
            "35 images, seed 7, fraction 0.2, names ba9876543210");

    assertThat(problem.what())
        .isEqualTo(
            "the packaged model may have been trained on the test images: they are (35 images, seed"
                + " 7, fraction 0.2, names ba9876543210), and when it was trained they were (35"
                + " images, seed 42, fraction 0.2, names 0123456789ab)");
    assertThat(problem.next())
        .isEqualTo(
            "verify with the seed, testFraction and images that it was trained with; or run"
                + " transfer:train again, with -Dtransfer.force where it says that nothing changed;"
                + " or name a dataset with a test folder, or one of its own in <dataset><test>");
    assertThat(ArtifactProblems.otherTestImages(null, "3 images").what())
        .endsWith(
            "they are (3 images), and when it was trained they were not drawn, or not written"
                + " down");
  }

  @Test
  void whatCanNotBeWrittenSaysWhyAndThatNothingIsLost() {
    Problem problem =
        ArtifactProblems.unwritable(Path.of("model.zip"), new IOException("No space left"));

    assertThat(problem.what()).isEqualTo("the model cannot be written to model.zip: No space left");
    assertThat(problem.next())
        .isEqualTo(
            "make room on the disk, or check that the build may write there; what was there is as"
                + " it was, and the next build goes on from the last checkpoint");
  }
}
