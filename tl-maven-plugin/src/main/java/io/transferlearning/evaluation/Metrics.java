package io.transferlearning.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is measured on a set of predictions. Fractions are 0..1; whatever is undefined is NaN, and
 * every number is NaN when there are no images.
 *
 * @param images how many images were scored
 * @param accuracy share of correct predictions
 * @param accuracyInterval Wilson's 95 % interval of the accuracy
 * @param top5Accuracy share of images whose class is among the five most probable ones; NaN with
 *     five classes or fewer, where it would say nothing
 * @param logLoss mean of -ln p(true class), in nats, 0 or more; p is clamped as in scikit-learn
 * @param balancedAccuracy mean recall of the classes that have images
 * @param macroF1 mean F1 of the classes that have images or predictions
 * @param kappa Cohen's kappa: agreement beyond chance, -1..1; NaN where chance alone agrees fully
 * @param calibrationError expected calibration error, 15 bins
 * @param perClass one entry for each class, in the classes' order
 * @param confusion the counts behind it all
 */
public record Metrics(
    int images,
    double accuracy,
    Interval accuracyInterval,
    double top5Accuracy,
    double logLoss,
    double balancedAccuracy,
    double macroF1,
    double kappa,
    double calibrationError,
    List<ClassMetrics> perClass,
    ConfusionMatrix confusion) {

  public Metrics {
    perClass = List.copyOf(perClass);
  }

  /** Measures predictions. The same predictions give the same numbers, bit for bit. */
  public static Metrics of(Predictions predictions) {
    ConfusionMatrix confusion = ConfusionMatrix.of(predictions);
    List<ClassMetrics> perClass =
        IntStream.range(0, confusion.classes().size())
            .mapToObj(i -> ClassMetrics.of(confusion, i))
            .toList();
    List<Prediction> images = predictions.images();
    return new Metrics(
        confusion.total(),
        (double) confusion.correct() / confusion.total(),
        Interval.wilson(confusion.correct(), confusion.total()),
        confusion.classes().size() > 5 ? ProbabilityScores.topAccuracy(images, 5) : Double.NaN,
        ProbabilityScores.logLoss(images),
        balancedAccuracy(confusion),
        macroF1(confusion),
        kappa(confusion),
        ProbabilityScores.calibrationError(images),
        perClass,
        confusion);
  }

  /** Names of the classes. */
  public List<String> classes() {
    return confusion.classes();
  }

  /** As scikit-learn's {@code balanced_accuracy_score}: classes without images do not count. */
  private static double balancedAccuracy(ConfusionMatrix confusion) {
    ExactMean mean = new ExactMean();
    for (int i = 0; i < confusion.classes().size(); i++) {
      mean.add(confusion.count(i, i), confusion.support(i));
    }
    return mean.value();
  }

  /** As scikit-learn's {@code f1_score}: classes that do not occur at all do not count. */
  private static double macroF1(ConfusionMatrix confusion) {
    ExactMean mean = new ExactMean();
    for (int i = 0; i < confusion.classes().size(); i++) {
      mean.add(2 * confusion.count(i, i), confusion.support(i) + confusion.predicted(i));
    }
    return mean.value();
  }

  /**
   * (observed - expected) / (1 - expected) agreement: J. Cohen, "A Coefficient of Agreement for
   * Nominal Scales", 1960. Computed from counts, n times larger, so that equals are found exactly.
   */
  private static double kappa(ConfusionMatrix confusion) {
    long n = confusion.total();
    long expected = 0;
    for (int i = 0; i < confusion.classes().size(); i++) {
      expected += (long) confusion.support(i) * confusion.predicted(i);
    }
    long observed = n * confusion.correct();
    long possible = n * n - expected;
    return possible == 0 ? Double.NaN : (double) (observed - expected) / possible;
  }
}
