package io.transferlearning.data.audit;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.audit.Finding.Kind;
import io.transferlearning.data.image.ImageIntegrity;
import io.transferlearning.problem.DataProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every image before anything is learnt from it.
 *
 * @param findings failures and warnings: damaged files first, then equal files, then ignored ones,
 *     each in the order of the dataset
 */
public record DataAudit(List<Finding> findings) {

  /** Keeps a copy of the list. */
  public DataAudit {
    findings = List.copyOf(findings);
  }

  /** Reads and decodes every image of a dataset once, on all processors. */
  public static DataAudit of(Dataset dataset) {
    List<Examined> examined =
        Stream.of(
                examine(dataset, "train", dataset.train()),
                examine(dataset, "validation", dataset.validation()),
                examine(dataset, "test", dataset.test()))
            .flatMap(List::stream)
            .toList();
    List<Finding> findings = new ArrayList<>();
    for (Examined image : examined) {
      if (image.damage() != null) {
        String message = image.file() + ": " + image.damage();
        findings.add(new Finding(Kind.UNREADABLE, List.of(image.file()), message));
      }
    }
    equalFiles(examined).forEach(equal -> findings.add(finding(equal)));
    for (Path path : dataset.ignored()) {
      findings.add(new Finding(Kind.IGNORED, List.of(path), path + " is no image of a class"));
    }
    return new DataAudit(findings);
  }

  /** What should stop the build. */
  public List<Finding> failures() {
    return findings.stream().filter(Finding::isFailure).toList();
  }

  /** What the user should know. */
  public List<Finding> warnings() {
    return findings.stream().filter(finding -> !finding.isFailure()).toList();
  }

  /**
   * Stops where images are damaged, or test images are also learnt from.
   *
   * @throws io.transferlearning.problem.Problem naming up to ten files and how many there are
   */
  public void requireNoFailures() {
    List<String> unreadable = messages(Kind.UNREADABLE);
    if (!unreadable.isEmpty()) {
      throw DataProblems.unreadableImages(unreadable);
    }
    List<String> leaked = messages(Kind.LEAKED);
    if (!leaked.isEmpty()) {
      throw DataProblems.leakedImages(leaked);
    }
  }

  private List<String> messages(Kind kind) {
    return findings.stream()
        .filter(finding -> finding.kind() == kind)
        .map(Finding::message)
        .toList();
  }

  /** An image with the SHA-256 of its file, and what is wrong with it. */
  private record Examined(
      Path file, String split, String className, String digest, @Nullable String damage) {
    boolean isTest() {
      return split.equals("test");
    }
  }

  private static List<Examined> examine(Dataset dataset, String split, List<LabeledImage> images) {
    return images.parallelStream()
        .map(image -> examine(image.file(), split, dataset.classes().get(image.label())))
        .toList();
  }

  private static Examined examine(Path file, String split, String className) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String damage = ImageIntegrity.check(bytes).damage();
      return new Examined(file, split, className, sha256(bytes), damage);
    } catch (IOException e) {
      return new Examined(file, split, className, "", e.toString());
    }
  }

  /** Groups of at least two undamaged images with the same bytes. */
  private static List<List<Examined>> equalFiles(List<Examined> examined) {
    Map<String, List<Examined>> byDigest = new LinkedHashMap<>();
    for (Examined image : examined) {
      if (image.damage() == null) {
        byDigest.computeIfAbsent(image.digest(), digest -> new ArrayList<>()).add(image);
      }
    }
    return byDigest.values().stream().filter(group -> group.size() > 1).toList();
  }

  private static Finding finding(List<Examined> equal) {
    List<Path> files = equal.stream().map(Examined::file).toList();
    String names = String.join(" = ", files.stream().map(Path::toString).toList());
    long ofTest = equal.stream().filter(Examined::isTest).count();
    if (ofTest > 0 && ofTest < equal.size()) {
      return new Finding(Kind.LEAKED, files, names);
    }
    List<String> classes = equal.stream().map(Examined::className).distinct().toList();
    return classes.size() > 1
        ? new Finding(
            Kind.TWO_CLASSES,
            files,
            "the same image is in classes " + String.join(", ", classes) + ": " + names)
        : new Finding(Kind.REPEATED, files, "the same image is there twice: " + names);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
