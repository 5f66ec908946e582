package io.transferlearning.problem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an audit of images stops a build for, in words. */
public final class AuditProblems {
  /** How many of each kind a message names. */
  public static final int NAMED = 10;

  private static final Map<String, String> NEXT =
      Map.of(
          "unreadable",
          "fetch these files again or remove them; a damaged image teaches the wrong thing",
          "testLeakage",
          "remove each from one of the two, so that the test measures images never seen before",
          "validationLeakage",
          "remove one of each, so that the best epoch is chosen by images never seen before",
          "twoClasses",
          "keep each image in one class only",
          "duplicates",
          "remove all but one of each",
          "fewImages",
          "add images to these classes",
          "imbalance",
          "add images to the smaller classes",
          "smallImages",
          "take larger images, or set <imageSize> in <backbone> nearer to their size",
          "otherFiles",
          "move them out of the dataset");

  private AuditProblems() {}

  /**
   * What was found of one kind.
   *
   * @param kind as users write it
   * @param summary what and how often, on one line
   * @param examples some of them, each on a line
   * @param count how many there are
   * @param unscorable how many of them are test images that can not be decoded: no setting lets
   *     these pass
   */
  public record Failure(
      String kind, String summary, List<String> examples, int count, int unscorable) {
    /** Keeps a copy of the list. */
    public Failure {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Findings that fail the build, at least one.
   *
   * @param list a file that lists them all; null where there is none
   */
  public static Problem failed(List<Failure> failures, @Nullable Path list) {
    List<String> what = new ArrayList<>();
    List<String> next = new ArrayList<>();
    for (Failure failure : failures) {
      what.add(failure.summary() + listed(failure));
      next.add(NEXT.getOrDefault(failure.kind(), "see the report"));
      if (failure.unscorable() > 0) {
        next.add(unscorable(failure));
      }
    }
    String separator = System.lineSeparator();
    if (list != null) {
      next.add("all of them are listed in " + list);
    }
    failures.stream()
        .filter(failure -> failure.count() > failure.unscorable())
        .findFirst()
        .ifPresent(failure -> next.add(pass(failure)));
    return new Problem(String.join(separator, what), String.join(separator + "  -> ", next));
  }

  /** To let these pass with a warning would be refused again, with the same words. */
  private static String unscorable(Failure failure) {
    int count = failure.unscorable();
    String which =
        count == failure.count()
            ? count == 1 ? "it is a test image" : "they are test images"
            : count == 1 ? "1 of them is a test image" : count + " of them are test images";
    return which
        + ": a test image can not be left out of a score, so replace or remove "
        + (count == 1 ? "it" : "them");
  }

  private static String pass(Failure failure) {
    return "or let "
        + (failure.unscorable() > 0 ? "the others" : "it")
        + " pass with a warning: -Dtransfer.audit."
        + failure.kind()
        + "=warn, or <audit> in the configuration";
  }

  /** Classes that have no image that can be decoded. */
  public static Problem nothingReadable(List<String> classes) {
    return new Problem(
        "no training image can be decoded in: " + String.join(", ", classes),
        "fetch the images of these classes again, or remove the class folders");
  }

  private static String listed(Failure failure) {
    String separator = System.lineSeparator() + "     ";
    StringBuilder text = new StringBuilder(":");
    List<String> shown = failure.examples().subList(0, Math.min(NAMED, failure.examples().size()));
    shown.forEach(line -> text.append(separator).append(line));
    if (failure.count() > shown.size()) {
      text.append(separator).append("and ").append(failure.count() - shown.size()).append(" more");
    }
    return text.toString();
  }
}
