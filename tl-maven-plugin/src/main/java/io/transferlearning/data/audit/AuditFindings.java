package io.transferlearning.data.audit;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.audit.Examined.Split;
import io.transferlearning.data.image.ImageFormat;
import java.nio.file.Path;
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
    all.add(Kind.FEW_IMAGES, Examples.of(sizes.few()));
    all.add(Kind.IMBALANCE, Examples.of(sizes.uneven()));
    all.small(examined);
    all.others();
    return List.copyOf(all.findings.values());
  }

  /** What can not be scored can not be left out of a score: a test image always fails. */
  private void unreadable(List<Examined> examined) {
    Examples damaged = new Examples();
    Examples unscorable = new Examples();
    for (Examined one : examined) {
      if (one.facts().damage() != null) {
        damaged.add(() -> damage(one));
        if (one.split() == Split.TEST && !one.facts().isDecoded()) {
          unscorable.add(() -> damage(one));
        }
      }
    }
    if (plan.action(Kind.UNREADABLE) != Action.FAIL && unscorable.count() > 0) {
      add(Kind.UNREADABLE, Action.FAIL, unscorable, unscorable.count());
    } else {
      add(Kind.UNREADABLE, plan.action(Kind.UNREADABLE), damaged, unscorable.count());
    }
  }

  private static Example damage(Examined one) {
    return Example.of(one.file(), ": " + one.facts().damage());
  }

  private void equal(List<EqualImages> groups) {
    Map<Kind, Examples> examples = new EnumMap<>(Kind.class);
    for (EqualImages group : groups) {
      for (Kind kind : group.kinds()) {
        examples.computeIfAbsent(kind, any -> new Examples()).add(group::example);
      }
    }
    examples.forEach(this::add);
  }

  private void small(List<Examined> examined) {
    Examples small = new Examples();
    for (Examined one : examined) {
      ImageFacts facts = one.facts();
      int shorter = Math.min(facts.width(), facts.height());
      if (facts.isDecoded() && 2L * shorter < plan.imageSize()) {
        small.add(
            () -> Example.of(one.file(), " (%d x %d)".formatted(facts.width(), facts.height())));
      }
    }
    add(Kind.SMALL_IMAGES, small);
  }

  /** Pictures first: whoever has them takes them for images of the dataset. */
  private void others() {
    Examples others = new Examples();
    for (boolean picture : new boolean[] {true, false}) {
      String note = picture ? " (a format that is not read)" : "";
      for (Path file : dataset.ignored()) {
        if (isPicture(file) == picture) {
          others.add(() -> Example.of(file, note));
        }
      }
    }
    add(Kind.OTHER_FILES, others);
  }

  /** Whether a file that was passed over is named like a picture. */
  static boolean isPicture(Path file) {
    Path name = file.getFileName();
    return name != null && ImageFormat.isNameOfOtherPicture(name.toString());
  }

  private void add(Kind kind, Examples examples) {
    add(kind, plan.action(kind), examples, 0);
  }

  private void add(Kind kind, Action action, Examples examples, int unscorable) {
    int count = examples.count();
    if (action != Action.IGNORE && count > 0) {
      findings.put(
          kind,
          new Finding(kind, action, count, summary(kind, count), examples.first(), unscorable));
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
