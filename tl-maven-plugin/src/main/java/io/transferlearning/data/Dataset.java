package io.transferlearning.data;

import java.nio.file.Path;
import java.util.List;

/**
 * The images of a build, split for their three uses. Each split is in the order of its images'
 * labels and names, whatever order the file system lists them in.
 *
 * @param classes the names of the classes, sorted; a label is an index into this list
 * @param train images that weights are learnt from
 * @param validation images that choose among models: best epoch, early stopping
 * @param test images that only measure; empty where the dataset has no test folder
 * @param ignored files and folders that were passed over because they are no images of a class;
 *     hidden ones are not listed
 */
public record Dataset(
    List<String> classes,
    List<LabeledImage> train,
    List<LabeledImage> validation,
    List<LabeledImage> test,
    List<Path> ignored) {

  /** Keeps copies of the lists. */
  public Dataset {
    classes = List.copyOf(classes);
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    ignored = List.copyOf(ignored);
  }
}
