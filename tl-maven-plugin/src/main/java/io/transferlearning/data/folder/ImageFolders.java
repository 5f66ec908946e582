package io.transferlearning.data.folder;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.problem.DataProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads folders of images into a dataset, strictly: what is not understood is an error or is listed
 * as ignored, never guessed at.
 */
public final class ImageFolders {
  private final DatasetSpec spec;
  private final DatasetLayout layout;
  private final List<Path> ignored = new ArrayList<>();

  private ImageFolders(DatasetSpec spec) {
    this.spec = spec;
    this.layout = DatasetLayout.of(spec);
    ignored.addAll(layout.ignored());
  }

  /**
   * Finds the splits and their images. Understood are split folders ({@code train} or {@code
   * seg_train}, {@code val}, {@code valid} or {@code validation}, {@code test} or {@code seg_test},
   * each possibly nested once in a folder of its own name) of class folders, and class folders
   * alone. The classes are those of the training images.
   *
   * @throws io.transferlearning.problem.Problem when the folders hold no such dataset
   */
  public static Dataset read(DatasetSpec spec) {
    return new ImageFolders(spec).read();
  }

  /**
   * Whether the test images are drawn from class folders alone: by the seed and the fraction, so
   * that another seed draws others. Where a folder says which they are, nothing is drawn.
   *
   * @throws io.transferlearning.problem.Problem as {@link #read(DatasetSpec)} does
   */
  public static boolean drawsTestImages(DatasetSpec spec) {
    return DatasetLayout.of(spec).single();
  }

  private Dataset read() {
    ClassFolders folders = ClassFolders.read(layout.train());
    ignored.addAll(folders.ignored());
    List<String> classes = List.copyOf(folders.images().keySet());
    requireEnough(folders, classes);
    List<LabeledImage> train = folders.labelled(classes);

    List<LabeledImage> test = List.of();
    if (layout.test() != null) {
      test = folder("test", layout.test(), classes);
    } else if (layout.single()) {
      // Two images stay: one to train on, one to validate on.
      int kept = layout.validation() == null ? 2 : 1;
      SeededChoice.Parts parts = choose("test", train, spec.testFraction(), kept);
      test = parts.chosen();
      train = parts.rest();
    }
    train = limited("train", train);

    List<LabeledImage> validation;
    if (layout.validation() != null) {
      validation = limited("validation", folder("validation", layout.validation(), classes));
    } else {
      SeededChoice.Parts parts = choose("validation", train, spec.validationFraction(), 1);
      validation = parts.chosen();
      train = parts.rest();
    }
    return new Dataset(classes, train, validation, test, ignored);
  }

  private List<LabeledImage> folder(String split, Path path, List<String> classes) {
    ClassFolders folders = ClassFolders.read(path);
    folders.requireClasses(split, classes);
    ignored.addAll(folders.ignored());
    return folders.labelled(classes);
  }

  private SeededChoice.Parts choose(
      String split, List<LabeledImage> images, double fraction, int kept) {
    return new SeededChoice(spec.seed(), split)
        .choose(
            images, size -> Math.max(1, Math.min(size - kept, (int) Math.round(fraction * size))));
  }

  private List<LabeledImage> limited(String split, List<LabeledImage> images) {
    return spec.maxImagesPerClass() == 0
        ? images
        : new SeededChoice(spec.seed(), "limit " + split)
            .choose(images, size -> spec.maxImagesPerClass())
            .chosen();
  }

  private void requireEnough(ClassFolders train, List<String> classes) {
    if (!train.empty().isEmpty()) {
      throw DataProblems.emptyClasses(
          train.folder(),
          train.empty().stream().map(Folder::name).toList(),
          Folder.list(train.empty().get(0)).describe());
    }
    if (classes.size() < 2) {
      throw DataProblems.oneClass(train.folder(), classes.get(0));
    }
    int least = 1 + (layout.single() ? 1 : 0) + (layout.validation() == null ? 1 : 0);
    SortedMap<String, Integer> few = new TreeMap<>();
    train
        .images()
        .forEach(
            (name, files) -> {
              if (files.size() < least) {
                few.put(name, files.size());
              }
            });
    if (!few.isEmpty()) {
      throw DataProblems.tooFewImages(train.folder(), few, least);
    }
  }
}
