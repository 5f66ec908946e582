package io.transferlearning.maven;

import org.jspecify.annotations.Nullable;

/** The images: {@code <dataset>FOLDER</dataset>}, or an element for each of these. */
public class DatasetParameters {
  @Nullable String directory;
  @Nullable String train;
  @Nullable String validation;
  @Nullable String test;
  @Nullable String validationFraction;
  @Nullable String testFraction;
  @Nullable String maxImagesPerClass;

  /** What Maven calls for {@code <dataset>FOLDER</dataset>}. */
  public void set(String folder) {
    directory = folder;
  }
}
