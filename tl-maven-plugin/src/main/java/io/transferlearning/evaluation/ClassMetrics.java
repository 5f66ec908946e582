package io.transferlearning.evaluation;

/**
 * What is measured on one class. Fractions are 0..1, and NaN where they are undefined.
 *
 * @param name the class
 * @param support how many images it really has
 * @param predicted how many images were predicted as it
 * @param precision share of the images predicted as it that are it; NaN without such predictions
 * @param recall share of its images that were found; NaN without images
 * @param f1 harmonic mean of precision and recall; NaN only without images and predictions
 * @param recallInterval Wilson's 95 % interval of the recall
 */
public record ClassMetrics(
    String name,
    int support,
    int predicted,
    double precision,
    double recall,
    double f1,
    Interval recallInterval) {

  /** Measures the class with this index. */
  static ClassMetrics of(ConfusionMatrix confusion, int index) {
    int hits = confusion.count(index, index);
    int support = confusion.support(index);
    int predicted = confusion.predicted(index);
    return new ClassMetrics(
        confusion.classes().get(index),
        support,
        predicted,
        ratio(hits, predicted),
        ratio(hits, support),
        // The harmonic mean with its denominators cleared: defined where only one of them is.
        ratio(2 * hits, support + predicted),
        Interval.wilson(hits, support));
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
