package io.transferlearning.pipeline;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.problem.ArtifactProblems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/**
 * Which images of class folders alone are the test images, in words. Another seed, another fraction
 * or more images draw others, among which are those that a model was trained on: its score on them
 * would say nothing. So a model carries the words, and is scored only where they are the same.
 */
final class TestSplit {
  /** The fact of a model's provenance; there is none where the dataset has a test folder. */
  static final String FACT = "test split";

  private TestSplit() {}

  /**
   * Such as {@code 35 images, seed 42, fraction 0.2, names 0123456789ab}; empty where the dataset
   * says by its folders which images are for testing.
   *
   * @param dataset what {@code spec} was read as
   */
  static Optional<String> of(DatasetSpec spec, Dataset dataset) {
    return ImageFolders.drawsTestImages(spec)
        ? Optional.of(
            dataset.test().size()
                + " images, seed "
                + spec.seed()
                + ", fraction "
                + spec.testFraction()
                + ", names "
                + digestOfNames(dataset))
        : Optional.empty();
  }

  /**
   * Refuses a model that was trained on another split.
   *
   * @param provenance of the model
   * @throws io.transferlearning.problem.Problem where it may have seen the test images; also where
   *     it does not say which ones it has not seen
   */
  static void requireUnseen(Map<String, String> provenance, DatasetSpec spec, Dataset dataset) {
    String trained = provenance.get(FACT);
    of(spec, dataset)
        .filter(now -> !now.equals(trained))
        .ifPresent(
            now -> {
              throw ArtifactProblems.otherTestImages(trained, now);
            });
  }

  private static String digestOfNames(Dataset dataset) {
    MessageDigest sha256 = Inputs.sha256();
    dataset.test().stream()
        .map(LabeledImage::name)
        .sorted()
        .forEach(name -> sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8)));
    return Inputs.hex(sha256.digest());
  }
}
