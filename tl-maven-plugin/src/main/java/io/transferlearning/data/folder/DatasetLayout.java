package io.transferlearning.data.folder;

import io.transferlearning.data.DatasetSpec;
import io.transferlearning.problem.DataProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  /**
   * Looks for the splits.
   *
   * @throws io.transferlearning.problem.Problem when a folder is missing, a split has two folders,
   *     two splits have one, or there are folders for validation or test and none for training
   */
  static DatasetLayout of(DatasetSpec spec) {
    DatasetLayout layout = found(spec);
    requireDifferent("training", layout.train(), "validation", layout.validation());
    requireDifferent("training", layout.train(), "test", layout.test());
    requireDifferent("validation", layout.validation(), "test", layout.test());
    return layout;
  }

  private static void requireDifferent(
      String one, @Nullable Path folder, String other, @Nullable Path of) {
    if (folder != null && of != null && Folder.isSame(folder, of)) {
      throw DataProblems.sameFolder(one, other, of);
    }
  }

  private static DatasetLayout found(DatasetSpec spec) {
    if (spec.train() != null) {
      return new DatasetLayout(
          given(spec.train()),
          givenOrNull(spec.validation()),
          givenOrNull(spec.test()),
          false,
          List.of());
    }
    Folder root = unwrapped(Folder.list(spec.directory()));
    Path train = find(root, SplitName.TRAIN);
    // What the user names need not be looked for: there may be several, or another.
    Path validation = spec.validation() != null ? null : find(root, SplitName.VALIDATION);
    Path test = spec.test() != null ? null : find(root, SplitName.TEST);
    if (train == null) {
      if (validation != null || test != null) {
        throw DataProblems.noTrainFolder(root.path(), root.describe());
      }
      return new DatasetLayout(
          root.path(),
          givenOrNull(spec.validation()),
          givenOrNull(spec.test()),
          spec.test() == null,
          List.of());
    }
    return new DatasetLayout(
        nested(train),
        spec.validation() != null ? given(spec.validation()) : nestedOrNull(validation),
        spec.test() != null ? given(spec.test()) : nestedOrNull(test),
        false,
        beside(
            root,
            train,
            spec.validation() != null ? spec.validation() : validation,
            spec.test() != null ? spec.test() : test));
  }

  private static @Nullable Path find(Folder root, SplitName split) {
    List<Path> found =
        root.folders().stream()
            .filter(folder -> SplitName.of(Folder.name(folder)).equals(Optional.of(split)))
            .filter(folder -> !isClass(root, folder))
            .toList();
    if (found.size() > 1) {
      throw DataProblems.twoFolders(split.text(), found);
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /**
   * Whether a folder with the name of a split is a class: {@code train} beside {@code car} and
   * {@code ship}. It holds images, and so does a folder beside it that has no such name.
   */
  private static boolean isClass(Folder root, Path folder) {
    return holdsImagesAlone(folder)
        && root.folders().stream()
            .anyMatch(
                other ->
                    SplitName.of(Folder.name(other)).isEmpty()
                        && !isUnlabelled(other)
                        && holdsImagesAlone(other));
  }

  /** The images to predict of the public Intel scenes archive, which are in no class. */
  private static boolean isUnlabelled(Path folder) {
    return Folder.name(folder).toLowerCase(Locale.ROOT).startsWith("seg_pred");
  }

  private static boolean holdsImagesAlone(Path folder) {
    Folder inside = Folder.list(folder);
    return inside.folders().isEmpty() && !inside.images().isEmpty();
  }

  /** Archives often hold one folder that holds everything. */
  private static Folder unwrapped(Folder root) {
    if (root.folders().size() != 1
        || !root.images().isEmpty()
        || SplitName.of(Folder.name(root.folders().get(0))).isPresent()) {
      return root;
    }
    return inside(root).map(DatasetLayout::unwrapped).orElse(root);
  }

  /** The only folder, where it holds folders; a link back to where it lies is none. */
  private static Optional<Folder> inside(Folder root) {
    Path only = root.folders().get(0);
    if (Folder.isAbove(only, root.path())) {
      return Optional.empty();
    }
    Folder inner = Folder.list(only);
    return inner.folders().isEmpty() ? Optional.empty() : Optional.of(inner);
  }

  /**
   * The class folders of a split that was named: a zip of it, as it unpacks, has one folder around
   * them, of any name. A folder of classes is never taken for it, as there are at least two.
   */
  private static Path given(Path folder) {
    Folder outer = Folder.list(folder);
    boolean one = outer.folders().size() == 1 && outer.images().isEmpty();
    return one ? inside(outer).map(inner -> given(inner.path())).orElse(folder) : folder;
  }

  private static @Nullable Path givenOrNull(@Nullable Path folder) {
    return folder == null ? null : given(folder);
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
      beside.removeIf(folder -> split != null && Folder.isSame(folder, split));
    }
    beside.addAll(root.images());
    beside.addAll(root.others());
    return beside;
  }
}
