package io.transferlearning.data.audit;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.audit.Examined.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Turns what was examined into findings, one for each kind. */
final class AuditFindings {
  private final AuditPlan plan;
  private final Dataset dataset;
  private final Map<Kind, Finding> findings = new EnumMap<>(Kind.class);

  private AuditFindings(AuditPlan plan, Dataset dataset) {
    this.plan = plan;
    this.dataset = dataset;
  }

  /** In the order of the kinds. */
  static List<Finding> of(AuditPlan plan, Dataset dataset, List<Examined> examined) {
    AuditFindings all = new AuditFindings(plan, dataset);
    all.unreadable(examined);
    all.equal(EqualImages.among(examined));
    ClassSizes sizes = ClassSizes.of(dataset);
    all.add(Kind.FEW_IMAGES, sizes.few());
    all.add(Kind.IMBALANCE, sizes.uneven());
    all.small(examined);
    all.add(Kind.OTHER_FILES, dataset.ignored().stream().map(Examined::text).toList());
    return List.copyOf(all.findings.values());
  }

  /** What can not be scored can not be left out of a score: a test image always fails. */
  private void unreadable(List<Examined> examined) {
    List<Examined> damaged = examined.stream().filter(one -> one.facts().damage() != null).toList();
    List<Examined> unscorable =
        damaged.stream()
            .filter(one -> one.split() == Split.TEST && !one.facts().isDecoded())
            .toList();
    if (plan.action(Kind.UNREADABLE) != Action.FAIL && !unscorable.isEmpty()) {
      add(Kind.UNREADABLE, Action.FAIL, unscorable.stream().map(AuditFindings::damage).toList());
    } else {
      add(Kind.UNREADABLE, damaged.stream().map(AuditFindings::damage).toList());
    }
  }

  private static String damage(Examined one) {
    return one.path() + ": " + one.facts().damage();
  }

  private void equal(List<EqualImages> groups) {
    Map<Kind, List<String>> texts = new EnumMap<>(Kind.class);
    for (EqualImages group : groups) {
      String text = group.text();
      group
          .kinds()
          .forEach(kind -> texts.computeIfAbsent(kind, any -> new ArrayList<>()).add(text));
    }
    texts.forEach(this::add);
  }

  private void small(List<Examined> examined) {
    List<String> small = new ArrayList<>();
    for (Examined one : examined) {
      ImageFacts facts = one.facts();
      int shorter = Math.min(facts.width(), facts.height());
      if (facts.isDecoded() && 2L * shorter < plan.imageSize()) {
        small.add("%s (%d x %d)".formatted(one.path(), facts.width(), facts.height()));
      }
    }
    add(Kind.SMALL_IMAGES, small);
  }

  private void add(Kind kind, List<String> texts) {
    add(kind, plan.action(kind), texts);
  }

  private void add(Kind kind, Action action, List<String> texts) {
    if (action != Action.IGNORE && !texts.isEmpty()) {
      List<String> examples = texts.subList(0, Math.min(Finding.MOST_EXAMPLES, texts.size()));
      findings.put(
          kind, new Finding(kind, action, texts.size(), summary(kind, texts.size()), examples));
    }
  }

  private String summary(Kind kind, int count) {
    return switch (kind) {
      case UNREADABLE ->
          (count == 1 ? "1 image" : count + " images") + " can not be read completely";
      case TEST_LEAKAGE ->
          count(count, "test image") + " also among the training or validation images";
      case VALIDATION_LEAKAGE -> count(count, "image") + " for training and for validation too";
      case TWO_CLASSES -> count(count, "image") + " in more than one class";
      case DUPLICATES -> count(count, "image") + " more than once in a class";
      case FEW_IMAGES ->
          (count == 1 ? "1 class has" : count + " classes have")
              + " fewer than "
              + Kind.FEW
              + " training images";
      case IMBALANCE -> "a class has " + Kind.UNEVEN + " times another's training images or more";
      case SMALL_IMAGES ->
          "%d of %d images have a side below half of the network's %d pixels"
              .formatted(count, images(), plan.imageSize());
      case OTHER_FILES ->
          (count == 1 ? "1 file or folder is" : count + " files or folders are")
              + " no image of a class";
    };
  }

  private int images() {
    return dataset.train().size() + dataset.validation().size() + dataset.test().size();
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? " is" : "s are");
  }
}
