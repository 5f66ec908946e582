package io.transferlearning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The reference numbers were computed from {@code reference-predictions.csv} by scikit-learn 1.2.1
 * (metrics) and statsmodels 0.13.5 ({@code proportion_confint}, method {@code wilson}).
 */
class MetricsTest {
  private static final Offset<Double> EXACT = within(1e-12);

  static Predictions reference() throws Exception {
    return Predictions.readCsv(
        Path.of(MetricsTest.class.getResource("reference-predictions.csv").toURI()));
  }

  @Test
  void agreesWithScikitLearnOnTheWholeSet() throws Exception {
    Metrics metrics = Metrics.of(reference());
    assertThat(metrics.images()).isEqualTo(60);
    assertThat(metrics.accuracy()).isEqualTo(0.65);
    assertThat(metrics.accuracyInterval().low()).isCloseTo(0.5236261884175486, EXACT);
    assertThat(metrics.accuracyInterval().high()).isCloseTo(0.7583222559398244, EXACT);
    assertThat(metrics.balancedAccuracy()).isCloseTo(0.6543771043771044, EXACT);
    assertThat(metrics.macroF1()).isCloseTo(0.6567460317460317, EXACT);
    assertThat(metrics.kappa()).isCloseTo(0.5792988313856428, EXACT);
  }

  @Test
  void agreesWithScikitLearnOnTopKWhereNoProbabilitiesAreEqual() throws Exception {
    // The first image gives 0 to five classes; scikit-learn breaks ties by the last class and this
    // plugin by the first, as in the choice of the predicted class.
    List<Prediction> untied = reference().images().subList(1, 60);
    assertThat(ProbabilityScores.topAccuracy(untied, 2)).isCloseTo(0.8305084745762712, EXACT);
    assertThat(ProbabilityScores.topAccuracy(untied, 3)).isCloseTo(0.9152542372881356, EXACT);
    assertThat(ProbabilityScores.topAccuracy(untied, 5)).isCloseTo(1.0, EXACT);
  }

  @Test
  void agreesWithScikitLearnOnLogLossUpToItsNormalisingOfRoundedRows() throws Exception {
    // One image has probability 0 for its class, so the clamp matters: 15.9 nats of 60 images.
    double logLoss = Metrics.of(reference()).logLoss();
    assertThat(logLoss).isCloseTo(1.2340651111079397, within(1e-5));
    // The same formula in NumPy without normalising.
    assertThat(logLoss).isCloseTo(1.2340617773393727, within(1e-9));
  }

  @Test
  void agreesWithNumPyOnTheCalibrationError() throws Exception {
    assertThat(Metrics.of(reference()).calibrationError())
        .isCloseTo(0.19920333822568254, within(1e-9));
  }

  @Test
  void agreesWithScikitLearnOnAClass() throws Exception {
    ClassMetrics mountain = Metrics.of(reference()).perClass().get(3);
    assertThat(mountain.name()).isEqualTo("mountain");
    assertThat(mountain.support()).isEqualTo(10);
    assertThat(mountain.predicted()).isEqualTo(8);
    assertThat(mountain.precision()).isEqualTo(0.625);
    assertThat(mountain.recall()).isEqualTo(0.5);
    assertThat(mountain.f1()).isCloseTo(0.5555555555555556, EXACT);
    assertThat(mountain.recallInterval().low()).isCloseTo(0.23659309051256394, EXACT);
    assertThat(mountain.recallInterval().high()).isCloseTo(0.7634069094874361, EXACT);
  }

  @Test
  void countsTheSameConfusionsAsScikitLearn() throws Exception {
    ConfusionMatrix confusion = Metrics.of(reference()).confusion();
    assertThat(confusion.counts())
        .containsExactly(
            List.of(5, 2, 1, 0, 1, 2),
            List.of(0, 8, 0, 1, 1, 0),
            List.of(2, 0, 8, 1, 0, 0),
            List.of(3, 1, 1, 5, 0, 0),
            List.of(2, 0, 0, 1, 6, 0),
            List.of(1, 0, 0, 0, 1, 7));
    assertThat(confusion.mostConfused(2))
        .containsExactly(
            new ConfusionMatrix.Confusion(3, 0, 3), new ConfusionMatrix.Confusion(0, 1, 2));
  }

  /** One-hot predictions: what is predicted for each true class in turn. */
  static Predictions hard(List<String> classes, int[] labels, int[] predicted) {
    List<Prediction> images = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      float[] probabilities = new float[classes.size()];
      probabilities[predicted[i]] = 1;
      images.add(Prediction.of(i + ".jpg", labels[i], probabilities));
    }
    return new Predictions(classes, images);
  }

  @Test
  void aClassThatIsNeverPredictedHasNoPrecisionAndAnF1OfZero() {
    Metrics metrics =
        Metrics.of(hard(List.of("a", "b"), new int[] {0, 0, 0, 1}, new int[] {0, 0, 0, 0}));
    assertThat(metrics.perClass().get(1).precision()).isNaN();
    assertThat(metrics.perClass().get(1).recall()).isZero();
    assertThat(metrics.perClass().get(1).f1()).isZero();
    assertThat(metrics.macroF1()).isCloseTo(0.42857142857142855, EXACT);
  }

  @Test
  void aClassWithoutImagesHasNoRecallAndDoesNotCountInTheBalancedAccuracy() {
    Metrics metrics =
        Metrics.of(hard(List.of("a", "b", "c"), new int[] {0, 0, 0, 1}, new int[] {0, 0, 0, 2}));
    assertThat(metrics.perClass().get(2).recall()).isNaN();
    assertThat(metrics.perClass().get(2).recallInterval()).isEqualTo(Interval.UNDEFINED);
    assertThat(metrics.balancedAccuracy()).isEqualTo(0.5);
    assertThat(metrics.macroF1()).isCloseTo(0.3333333333333333, EXACT);
  }

  @Test
  void fiveClassesHaveNoTopFiveAccuracy() {
    assertThat(
            Metrics.of(hard(List.of("a", "b", "c", "d", "e"), new int[] {0}, new int[] {0}))
                .top5Accuracy())
        .isNaN();
  }

  @Test
  void kappaIsUndefinedWhereChanceAloneAgreesFully() {
    assertThat(Metrics.of(hard(List.of("a", "b"), new int[] {0, 0}, new int[] {0, 0})).kappa())
        .isNaN();
  }

  @Test
  void withoutImagesNothingIsDefined() {
    Metrics metrics = Metrics.of(new Predictions(List.of("a", "b"), List.of()));
    assertThat(
            List.of(
                metrics.accuracy(),
                metrics.logLoss(),
                metrics.balancedAccuracy(),
                metrics.macroF1(),
                metrics.kappa(),
                metrics.calibrationError()))
        .allMatch(value -> value.isNaN());
  }

  @Test
  void meansAreNotBlurredByAddingUp() {
    ExactMean mean = new ExactMean();
    for (int hits : new int[] {40, 39, 39, 39, 40, 40}) {
      mean.add(hits, 40);
    }
    assertThat(mean.value()).isEqualTo(0.9875);
  }
}
