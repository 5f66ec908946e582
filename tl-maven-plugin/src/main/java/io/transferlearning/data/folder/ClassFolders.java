package io.transferlearning.data.folder;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.problem.DataProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The class folders of one split.
 *
 * @param folder the folder that holds them
 * @param images the images of each class, sorted; no class is without one
 * @param empty class folders without an image
 * @param ignored files that are no images, or images beside the class folders
 */
public record ClassFolders(
    Path folder, SortedMap<String, List<Path>> images, List<Path> empty, List<Path> ignored) {

  /**
   * Reads a split.
   *
   * @throws io.transferlearning.problem.Problem when the folder does not hold class folders with
   *     images, and nothing but files in those
   */
  static ClassFolders read(Path folder) {
    Folder root = Folder.list(folder);
    if (root.folders().isEmpty()) {
      throw root.images().isEmpty()
          ? DataProblems.noImages(folder, root.describe())
          : DataProblems.noClassFolders(folder, root.describe());
    }
    SortedMap<String, List<Path>> images = new TreeMap<>();
    List<Path> empty = new ArrayList<>();
    List<Path> ignored = new ArrayList<>(root.images());
    ignored.addAll(root.others());
    requireDifferent(root.folders());
    for (Path each : root.folders()) {
      Folder ofClass = Folder.list(each);
      if (!ofClass.folders().isEmpty()) {
        // Descending would turn a misread layout ("train_set/cats") into classes of splits.
        throw DataProblems.folderInClass(each, ofClass.describe());
      }
      if (ofClass.images().isEmpty()) {
        empty.add(each);
      } else {
        images.put(Folder.name(each), ofClass.images());
      }
      ignored.addAll(ofClass.others());
    }
    if (images.isEmpty()) {
      throw DataProblems.noImages(folder, root.describe());
    }
    return new ClassFolders(folder, images, empty, ignored);
  }

  /**
   * Two classes whose names differ in case or accents' form alone would be one elsewhere; one whose
   * name this system can not decode would have another name elsewhere.
   */
  private static void requireDifferent(List<Path> folders) {
    Map<String, Path> known = new HashMap<>();
    for (Path each : folders) {
      if (!Folder.isNamedAsWritten(each)) {
        throw DataProblems.undecodableClass(
            each, System.getProperty("sun.jnu.encoding", "unknown"));
      }
      Path other = known.put(Folder.name(each).toLowerCase(Locale.ROOT), each);
      if (other != null) {
        throw DataProblems.sameClassTwice(other, each);
      }
    }
  }

  /** The images, labelled by the position of their class in {@code classes}, in order. */
  List<LabeledImage> labelled(List<String> classes) {
    List<LabeledImage> labelled = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      String name = classes.get(label);
      for (Path file : images.getOrDefault(name, List.of())) {
        labelled.add(new LabeledImage(file, name + "/" + Folder.name(file), label));
      }
    }
    return labelled;
  }

  /**
   * @throws io.transferlearning.problem.Problem unless the classes are those of the training images
   */
  void requireClasses(String split, Collection<String> ofTrain) {
    List<String> missing =
        ofTrain.stream().filter(name -> !images.containsKey(name)).sorted().toList();
    List<String> unknown =
        images.keySet().stream().filter(name -> !ofTrain.contains(name)).toList();
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw DataProblems.classesDiffer(split, folder, missing, unknown);
    }
  }
}
