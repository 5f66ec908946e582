package io.transferlearning.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What can be wrong with the images of a build, in words. */
public final class DataProblems {
  private static final int NAMED = 10;

  private DataProblems() {}

  /** A fraction that is no part of a whole. */
  public static Problem badFraction(String split, double fraction) {
    return new Problem(
        "the " + split + " fraction is " + fraction + "; it must be above 0 and below 1",
        "set <" + split + "> in <dataset> to the part of the images to keep, such as 0.15");
  }

  /** A maximum of images a class that leaves nothing to validate on. */
  public static Problem badMaximum(int maximum) {
    return new Problem(
        "the maximum of images a class is " + maximum + "; it must be 0 (all) or at least 2",
        "set <maxImagesPerClass> in <dataset> to 2 or more, or leave it out");
  }

  /** A folder that is not there, or is a file. */
  public static Problem missingFolder(Path folder, boolean exists) {
    String what =
        exists
            ? "the dataset's " + folder + " is a file, neither a folder nor a .zip"
            : "the dataset's folder " + folder + " does not exist";
    String next = exists ? "name one of these" : "create it, or name another";
    return new Problem(
        what, next + " with <dataset> or -Dtransfer.dataset=FOLDER; " + wanted("FOLDER"));
  }

  /** A folder that can not be listed. */
  public static Problem unreadableFolder(Path folder, Exception cause) {
    return new Problem(
        "the folder " + folder + " can not be read: " + reason(cause),
        "check its permissions, then run the goal again",
        cause);
  }

  /** A folder without images, wherever one looks. */
  public static Problem noImages(Path folder, String found) {
    return new Problem(
        "no images (JPEG, PNG, BMP, GIF, WebP, TIFF) in " + folder + "; " + found,
        wanted("FOLDER"));
  }

  /** Images that nobody sorted into classes. */
  public static Problem noClassFolders(Path folder, String found) {
    return new Problem(
        "the images in " + folder + " are not in class folders; " + found,
        "move the images of each class into a folder named after it; " + wanted("FOLDER"));
  }

  /** A folder inside a class folder. */
  public static Problem folderInClass(Path folder, String found) {
    return new Problem(
        "the class folder " + folder + " holds folders; " + found,
        "keep images directly in their class folder; " + wanted("FOLDER"));
  }

  /** Folders for validation or test, and none for training. */
  public static Problem noTrainFolder(Path directory, String found) {
    return new Problem(
        directory + " has a validation or test folder and no train folder; " + found,
        "name the folder of the training images 'train'; " + wanted("FOLDER"));
  }

  /** Two folders that could be the same split. */
  public static Problem twoFolders(String split, List<Path> folders) {
    return new Problem(
        "two folders could be the " + split + " images: " + commas(folders),
        "keep one of them in the dataset, and move or rename the other");
  }

  /** Two class folders that are one where case, or the form of accents, does not count. */
  public static Problem sameClassTwice(Path one, Path other) {
    return new Problem(
        "two class folders have names that differ in case or the form of accents alone: "
            + commas(List.of(one, other)),
        "put the images of both into one of them, or rename one");
  }

  /** One folder for two uses. */
  public static Problem sameFolder(String one, String other, Path folder) {
    return new Problem(
        "the %s and the %s images are the same folder: %s".formatted(one, other, folder),
        "give each its own folder, or leave out <%s> to have it split".formatted(other));
  }

  /** A class whose name is not what it is on the disk. */
  public static Problem undecodableClass(Path folder, String encoding) {
    return new Problem(
        "the name of the class folder %s can not be read in the system's encoding, %s"
            .formatted(folder, encoding),
        "set LC_ALL=C.UTF-8 in the environment of the build, or rename the folder");
  }

  /** A dataset that leaves nothing to choose between. */
  public static Problem oneClass(Path folder, String name) {
    return new Problem(
        folder + " has one class only, '" + name + "'; a classifier needs at least two",
        "add a folder of images for each further class; " + wanted("FOLDER"));
  }

  /**
   * Class folders of the training images that hold no image.
   *
   * @param found what the first of them holds
   */
  public static Problem emptyClasses(Path folder, List<String> names, String found) {
    return new Problem(
        "class folders without images (JPEG, PNG, BMP, GIF, WebP, TIFF) in "
            + folder
            + ": "
            + some(names)
            + "; "
            + found,
        "add images to them, or remove these folders");
  }

  /** Classes that can not be divided among the splits. */
  public static Problem tooFewImages(Path folder, Map<String, Integer> counts, int least) {
    List<String> lines = new ArrayList<>();
    counts.forEach((name, count) -> lines.add(name + " (" + count + ")"));
    return new Problem(
        "each class in "
            + folder
            + " needs at least "
            + least
            + " images to be split; too few in: "
            + some(lines),
        "add images to these classes, or give the dataset its own validation and test folders");
  }

  /** A split whose classes are not those of the training images. */
  public static Problem classesDiffer(
      String split, Path folder, List<String> missing, List<String> unknown) {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("without images of: " + some(missing));
    }
    if (!unknown.isEmpty()) {
      parts.add("not among the training classes: " + some(unknown));
    }
    return new Problem(
        "the classes of the "
            + split
            + " images in "
            + folder
            + " differ from the training classes; "
            + String.join("; ", parts),
        "make the class folders of all splits the same, in spelling and case too");
  }

  /** One image that can not be decoded. */
  public static Problem unreadableImage(Path file, Exception cause) {
    return new Problem(
        "the image " + file + " can not be read: " + reason(cause),
        "open it in a viewer and save it again as a baseline JPEG or PNG, or remove it",
        cause);
  }

  private static String wanted(String folder) {
    return String.format(
        "wanted:%n"
            + "     %1$s/train/CLASS/*.jpg%n"
            + "     %1$s/test/CLASS/*.jpg%n"
            + "     %1$s/val/CLASS/*.jpg   (optional)%n"
            + "  or %1$s/CLASS/*.jpg       (to have it split), or a .zip of either",
        folder);
  }

  /**
   * Why a file or folder can not be read, without its path, which is all that Java's own message
   * has.
   */
  public static String reason(Exception cause) {
    if (cause instanceof UncheckedIOException && cause.getCause() instanceof IOException checked) {
      return reason(checked);
    } else if (cause instanceof AccessDeniedException) {
      return "permission denied";
    } else if (cause instanceof NoSuchFileException) {
      return "it does not exist, or is a link to what does not";
    } else if (cause instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String some(List<String> names) {
    String text =
        names.stream().limit(NAMED).map(DataProblems::shown).collect(Collectors.joining(", "));
    return names.size() > NAMED ? text + " and " + (names.size() - NAMED) + " more" : text;
  }

  /** In quotes where blanks at an end would not be seen. */
  private static String shown(String name) {
    return name.equals(name.strip()) ? name : "'" + name + "'";
  }

  private static String commas(List<Path> paths) {
    return some(paths.stream().map(Path::toString).toList());
  }

  /** Weighted and sampled evenly at once. */
  public static Problem balancedTwice() {
    return new Problem(
        "transfer.classWeights=balanced and transfer.sampling=balanced correct the same imbalance twice",
        "set one of the two: weights leave every image in an epoch once, sampling repeats the rare"
            + " classes' images, each time augmented in another way");
  }
}
