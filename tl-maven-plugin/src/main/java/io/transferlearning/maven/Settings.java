package io.transferlearning.maven;

import io.transferlearning.problem.ConfigurationProblems;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks a setting up where users write it: the command line first, then the POM's element, then a
 * property of the POM. Maven's own injection lets the element win over the command line, so that
 * {@code -Dmodel=resnet} would be ignored without a word.
 */
final class Settings {
  private static final List<String> SWITCH = List.of("true", "false");
  private static final String PREFIX = "transfer.";

  /** Every property there is. */
  static final List<String> PROPERTIES =
      List.of(
          "model",
          "transfer.accumulation",
          "transfer.audit.duplicates",
          "transfer.audit.fewImages",
          "transfer.audit.imbalance",
          "transfer.audit.otherFiles",
          "transfer.audit.smallImages",
          "transfer.audit.testLeakage",
          "transfer.audit.twoClasses",
          "transfer.audit.unreadable",
          "transfer.audit.validationLeakage",
          "transfer.augmentation",
          "transfer.batchNorm",
          "transfer.batchSize",
          "transfer.brightness",
          "transfer.cacheDirectory",
          "transfer.cacheSize",
          "transfer.classWeights",
          "transfer.classifier",
          "transfer.clipNorm",
          "transfer.contrast",
          "transfer.cutmix",
          "transfer.dataset",
          "transfer.device",
          "transfer.ema",
          "transfer.epochs",
          "transfer.erasing",
          "transfer.findLearningRate",
          "transfer.flippedViews",
          "transfer.force",
          "transfer.freezeUpTo",
          "transfer.gradualUnfreezing",
          "transfer.headLearningRate",
          "transfer.headSolver",
          "transfer.horizontalFlip",
          "transfer.hue",
          "transfer.imageSize",
          "transfer.jvmArguments",
          "transfer.labelSmoothing",
          "transfer.layerDecay",
          "transfer.learningRate",
          "transfer.leastArea",
          "transfer.libtorch",
          "transfer.maxImagesPerClass",
          "transfer.maxMinutes",
          "transfer.minimumAccuracy",
          "transfer.mixup",
          "transfer.mode",
          "transfer.momentum",
          "transfer.nesterov",
          "transfer.optimizer",
          "transfer.outputDirectory",
          "transfer.patience",
          "transfer.precision",
          "transfer.preset",
          "transfer.rotation",
          "transfer.sampling",
          "transfer.saturation",
          "transfer.schedule",
          "transfer.seed",
          "transfer.skip",
          "transfer.startShare",
          "transfer.testFraction",
          "transfer.threads",
          "transfer.timeoutMinutes",
          "transfer.trivialAugment",
          "transfer.validationFraction",
          "transfer.verticalFlip",
          "transfer.weightDecay",
          "transfer.weights",
          "transfer.weightsSha256",
          "transfer.zoo");

  private final Properties commandLine;
  private final Properties project;
  private final Set<String> given = new LinkedHashSet<>();

  /**
   * @param commandLine {@code -D} properties
   * @param project properties of the POM
   * @throws io.transferlearning.problem.Problem for a property of ours, on either side, that there
   *     is not
   */
  Settings(Properties commandLine, Properties project) {
    this.commandLine = commandLine;
    this.project = project;
    List.of(commandLine, project)
        .forEach(properties -> properties.stringPropertyNames().forEach(Settings::requireKnown));
  }

  private static void requireKnown(String property) {
    if (property.startsWith(PREFIX) && !PROPERTIES.contains(property)) {
      throw ConfigurationProblems.unknownProperty(property, PROPERTIES);
    }
  }

  /** Whether the command line says something of it. */
  boolean onCommandLine(String property) {
    String text = commandLine.getProperty(property);
    return text != null && !text.isBlank();
  }

  /** The setting's text; null where nobody says anything, or says nothing. */
  @Nullable String text(String property, @Nullable String element) {
    String text = commandLine.getProperty(property);
    text = text == null ? element : text;
    text = text == null ? project.getProperty(property) : text;
    if (text == null || text.isBlank()) {
      return null;
    }
    given.add(property);
    return text.strip();
  }

  /** Those of some properties that users gave, among all that were looked up so far. */
  List<String> given(Collection<String> some) {
    return given.stream().filter(some::contains).toList();
  }

  String text(String property, @Nullable String element, String otherwise) {
    String text = text(property, element);
    return text == null ? otherwise : text;
  }

  /** One of some words. */
  String word(String property, @Nullable String element, List<String> legal, String otherwise) {
    String text = text(property, element, otherwise).toLowerCase(Locale.ROOT);
    if (!legal.contains(text)) {
      throw ConfigurationProblems.illegal(property, text, legal);
    }
    return text;
  }

  /** A switch; Maven itself makes {@code true} of a property without a value. */
  boolean flag(String property, boolean element) {
    return word(property, element ? "true" : null, SWITCH, "false").equals("true");
  }

  @Nullable Integer integer(String property, @Nullable String element, int least) {
    String text = text(property, element);
    if (text == null) {
      return null;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The message below says it better.
    }
    throw ConfigurationProblems.notInRange(property, text, "whole numbers from " + least);
  }

  int integer(String property, @Nullable String element, int least, int otherwise) {
    Integer value = integer(property, element, least);
    return value == null ? otherwise : value;
  }

  @Nullable Double positive(String property, @Nullable String element) {
    String text = text(property, element);
    if (text == null) {
      return null;
    }
    double value = number(property, text, "numbers above 0");
    if (value > 0 && Double.isFinite(value)) {
      return value;
    }
    throw ConfigurationProblems.notInRange(property, text, "numbers above 0");
  }

  double fraction(String property, @Nullable String element, double otherwise) {
    String text = text(property, element);
    if (text == null) {
      return otherwise;
    }
    String range = "numbers between 0 and 1, exclusive";
    double value = number(property, text, range);
    if (value > 0 && value < 1) {
      return value;
    }
    throw ConfigurationProblems.notInRange(property, text, range);
  }

  /** Any number; who takes it knows what is legal. */
  double number(String property, @Nullable String element, double otherwise) {
    String text = text(property, element);
    return text == null ? otherwise : number(property, text, "numbers");
  }

  private static double number(String property, String text, String range) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw ConfigurationProblems.notInRange(property, text, range);
    }
  }
}
