package io.transferlearning.problem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a packaged model. */
public final class ArtifactProblems {
  private static final String TRAIN = "run transfer:train first, in this build or before it";

  private ArtifactProblems() {}

  /** There is nothing to verify. */
  public static Problem noModel(Path zip) {
    return new Problem("there is no packaged model at " + zip, TRAIN);
  }

  /** A file or a folder of the model can not be written. */
  public static Problem unwritable(Path file, IOException why) {
    return new Problem(
        "the model cannot be written to " + file + ": " + why.getMessage(),
        "make room on the disk, or check that the build may write there; what was there is as it was, and the next build"
            + " goes on from the last checkpoint",
        why);
  }

  /** A file that is not what transfer:train writes. */
  public static Problem notAModel(Path zip, String why) {
    return new Problem(zip + " is not a packaged model: " + why, "delete it and " + TRAIN);
  }

  /**
   * The test images are drawn from class folders, and not the ones that were drawn when the model
   * was trained.
   *
   * @param trained which they were then; null where the model does not say
   * @param now which they are
   */
  public static Problem otherTestImages(@Nullable String trained, String now) {
    return new Problem(
        "the packaged model may have been trained on the test images: they are ("
            + now
            + "), and when it was trained they were "
            + (trained == null ? "not drawn, or not written down" : "(" + trained + ")"),
        "verify with the seed, testFraction and images that it was trained with; or run transfer:train again, with"
            + " -Dtransfer.force where it says that nothing changed; or name a dataset with a test folder, or one of"
            + " its own in <dataset><test>");
  }

  /** The model was trained on other classes than the dataset has. */
  public static Problem otherClasses(List<String> model, List<String> dataset) {
    return new Problem(
        "the packaged model knows the classes " + model + ", the dataset has " + dataset,
        "train again on this dataset, or set -Dtransfer.dataset to the one it was trained on");
  }
}
