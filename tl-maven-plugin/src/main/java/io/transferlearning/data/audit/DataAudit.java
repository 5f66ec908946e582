package io.transferlearning.data.audit;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.problem.AuditProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every image before anything is learnt from it.
 *
 * @param dataset what was looked at, without what can not be used
 * @param findings what was found, one for each kind, in the order of the kinds
 */
public record DataAudit(Dataset dataset, List<Finding> findings) {

  /** Keeps a copy of the list. */
  public DataAudit {
    findings = List.copyOf(findings);
  }

  /**
   * Reads every image of a dataset once, and decodes it once, unless an earlier audit has.
   *
   * @throws io.transferlearning.problem.Problem where a class would have no training image left
   *     without those that can not be decoded
   */
  public static DataAudit of(Dataset dataset, AuditPlan plan, AuditListener listener) {
    AuditCache cache = plan.cache() == null ? null : AuditCache.of(plan.cache(), dataset);
    Map<Digest, ImageFacts> known = cache == null ? Map.of() : cache.read();
    List<Examined> examined = Examination.of(dataset, known, plan.threads(), listener);
    if (cache != null) {
      keep(cache, known, examined);
    }
    List<Finding> findings = AuditFindings.of(plan, dataset, examined);
    boolean stops = findings.stream().anyMatch(finding -> finding.action() == Action.FAIL);
    return new DataAudit(stops ? dataset : usable(dataset, examined), findings);
  }

  private static void keep(
      AuditCache cache, Map<Digest, ImageFacts> known, List<Examined> examined) {
    Map<Digest, ImageFacts> facts = new LinkedHashMap<>();
    for (Examined one : examined) {
      if (!one.facts().content().equals(Digest.NONE)) {
        facts.put(one.facts().content(), one.facts());
      }
    }
    if (facts.keySet().equals(known.keySet())) {
      cache.touch();
    } else {
      cache.write(facts);
    }
  }

  /** Without the images that can not be decoded: none of them is a test image. */
  private static Dataset usable(Dataset dataset, List<Examined> examined) {
    Set<Path> without =
        examined.stream()
            .filter(one -> !one.facts().isDecoded())
            .map(one -> one.image().file())
            .collect(Collectors.toSet());
    if (without.isEmpty()) {
      return dataset;
    }
    Dataset usable =
        new Dataset(
            dataset.classes(),
            without(dataset.train(), without),
            without(dataset.validation(), without),
            dataset.test(),
            dataset.ignored());
    List<String> empty =
        ClassSizes.of(usable).sizes().stream()
            .filter(size -> size.images() == 0)
            .map(ClassSizes.Size::name)
            .toList();
    if (!empty.isEmpty()) {
      throw AuditProblems.nothingReadable(empty);
    }
    return usable;
  }

  private static List<LabeledImage> without(List<LabeledImage> images, Set<Path> files) {
    return images.stream().filter(image -> !files.contains(image.file())).toList();
  }

  /** What should stop the build. */
  public List<Finding> failures() {
    return findings.stream().filter(finding -> finding.action() == Action.FAIL).toList();
  }

  /** What the user should know. */
  public List<Finding> warnings() {
    return findings.stream().filter(finding -> finding.action() == Action.WARN).toList();
  }

  /** Whether pictures were passed over because their format is not read. */
  public boolean passedOverPictures() {
    return dataset.ignored().stream().anyMatch(AuditFindings::isPicture);
  }

  /**
   * Stops where something was found that should fail.
   *
   * @param list a file with all that was found, to be named; null where there is none
   * @throws io.transferlearning.problem.Problem naming up to ten files of each kind, and how many
   *     there are
   */
  public void requireNoFailures(@Nullable Path list) {
    List<AuditProblems.Failure> failures = new ArrayList<>();
    for (Finding finding : failures()) {
      failures.add(
          new AuditProblems.Failure(
              finding.kind().text(),
              finding.summary(),
              finding.examples().stream().map(Example::text).toList(),
              finding.count(),
              finding.unscorable()));
    }
    if (!failures.isEmpty()) {
      throw AuditProblems.failed(failures, list);
    }
  }
}
