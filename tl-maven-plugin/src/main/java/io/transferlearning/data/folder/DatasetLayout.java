package io.transferlearning.data.folder;

import io.transferlearning.data.DatasetSpec;
import io.transferlearning.problem.DataProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which folder is which split.
 *
 * @param train the folder of the training images' class folders
 * @param validation likewise; null where it is to be split out of the training images
 * @param test likewise; null where there is none
 * @param single whether {@code train} is the whole dataset, the test images included
 * @param ignored folders and files beside the split folders
 */
public record DatasetLayout(
    Path train,
    @Nullable Path validation,
    @Nullable Path test,
    boolean single,
    List<Path> ignored) {
  private static final Set<String> TRAIN = Set.of("train", "training", "seg_train");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation", "seg_val");
  private static final Set<String> TEST = Set.of("test", "testing", "seg_test");

  /**
   * Looks for the splits.
   *
   * @throws io.transferlearning.problem.Problem when a folder is missing, a split has two folders,
   *     or there are folders for validation or test and none for training
   */
  static DatasetLayout of(DatasetSpec spec) {
    if (spec.train() != null) {
      return new DatasetLayout(
          nested(spec.train()),
          nestedOrNull(spec.validation()),
          nestedOrNull(spec.test()),
          false,
          List.of());
    }
    Folder root = Folder.list(spec.directory());
    Path train = find(root, "train", TRAIN);
    Path validation = find(root, "validation", VALIDATION);
    Path test = find(root, "test", TEST);
    if (train == null) {
      if (validation != null || test != null) {
        throw DataProblems.noTrainFolder(spec.directory(), root.describe());
      }
      return new DatasetLayout(
          spec.directory(),
          nestedOrNull(spec.validation()),
          nestedOrNull(spec.test()),
          spec.test() == null,
          List.of());
    }
    return new DatasetLayout(
        nested(train),
        nestedOrNull(spec.validation() != null ? spec.validation() : validation),
        nestedOrNull(spec.test() != null ? spec.test() : test),
        false,
        beside(root, train, validation, test));
  }

  private static @Nullable Path find(Folder root, String split, Set<String> spellings) {
    List<Path> found =
        root.folders().stream()
            .filter(folder -> spellings.contains(Folder.name(folder).toLowerCase(Locale.ROOT)))
            .toList();
    if (found.size() > 1) {
      throw DataProblems.twoFolders(split, found);
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private static @Nullable Path nestedOrNull(@Nullable Path folder) {
    return folder == null ? null : nested(folder);
  }

  /** Kaggle's archives hold {@code seg_train/seg_train/forest}: the inner folder is the split. */
  private static Path nested(Path folder) {
    List<Path> inside = Folder.list(folder).folders();
    return inside.size() == 1 && Folder.name(inside.get(0)).equalsIgnoreCase(Folder.name(folder))
        ? inside.get(0)
        : folder;
  }

  private static List<Path> beside(Folder root, @Nullable Path... splits) {
    List<Path> beside = new ArrayList<>(root.folders());
    for (Path split : splits) {
      beside.remove(split);
    }
    beside.addAll(root.images());
    beside.addAll(root.others());
    return beside;
  }
}
