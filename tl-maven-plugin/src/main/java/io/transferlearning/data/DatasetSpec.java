package io.transferlearning.data;

import io.transferlearning.problem.DataProblems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the images are and how they are to be split.
 *
 * @param directory the dataset: split folders of class folders, or class folders alone; not looked
 *     at where {@code train} is given
 * @param train the training folder; null to look for it in {@code directory}. Where it is given,
 *     nothing is looked for: the other splits are the given ones
 * @param validation the validation folder; null to look for it, and to split it out of the training
 *     images where there is none
 * @param test the test folder; null to look for it
 * @param validationFraction the part of the training images that becomes the validation split where
 *     there is no folder for it; between 0 and 1, exclusive
 * @param testFraction the part of all images that becomes the test split where {@code directory}
 *     holds class folders and nothing else; between 0 and 1, exclusive
 * @param seed chooses the images of a split; the same seed and files give the same splits
 * @param maxImagesPerClass how many images a class may have in the training and in the validation
 *     folder, a seeded choice; 0 for all, otherwise at least 2. Never applied to test images
 */
public record DatasetSpec(
    Path directory,
    @Nullable Path train,
    @Nullable Path validation,
    @Nullable Path test,
    double validationFraction,
    double testFraction,
    long seed,
    int maxImagesPerClass) {

  /** The part of the training images that is kept for validation where nothing is said. */
  public static final double DEFAULT_VALIDATION_FRACTION = 0.15;

  /** The part of all images that is kept for testing where nothing is said. */
  public static final double DEFAULT_TEST_FRACTION = 0.2;

  /**
   * @throws io.transferlearning.problem.Problem when a fraction or the maximum is out of its range
   */
  public DatasetSpec {
    requireFraction("validation", validationFraction);
    requireFraction("test", testFraction);
    if (maxImagesPerClass < 0 || maxImagesPerClass == 1) {
      throw DataProblems.badMaximum(maxImagesPerClass);
    }
  }

  /** Everything found in {@code directory}, split by the default fractions. */
  public static DatasetSpec of(Path directory, long seed) {
    return new DatasetSpec(
        directory, null, null, null, DEFAULT_VALIDATION_FRACTION, DEFAULT_TEST_FRACTION, seed, 0);
  }

  /** The same with other fractions. */
  public DatasetSpec withFractions(double validationFraction, double testFraction) {
    return new DatasetSpec(
        directory,
        train,
        validation,
        test,
        validationFraction,
        testFraction,
        seed,
        maxImagesPerClass);
  }

  /** The same with explicit folders; null for one that is to be looked for. */
  public DatasetSpec withFolders(
      @Nullable Path train, @Nullable Path validation, @Nullable Path test) {
    return new DatasetSpec(
        directory,
        train,
        validation,
        test,
        validationFraction,
        testFraction,
        seed,
        maxImagesPerClass);
  }

  /** The same with another maximum of images a class; 0 for all. */
  public DatasetSpec withMaxImagesPerClass(int maxImagesPerClass) {
    return new DatasetSpec(
        directory,
        train,
        validation,
        test,
        validationFraction,
        testFraction,
        seed,
        maxImagesPerClass);
  }

  private static void requireFraction(String split, double fraction) {
    // The negation refuses NaN too.
    if (!(fraction > 0 && fraction < 1)) {
      throw DataProblems.badFraction(split, fraction);
    }
  }
}
