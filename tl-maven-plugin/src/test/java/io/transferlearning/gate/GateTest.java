package io.transferlearning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Prediction;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final List<String> CLASSES = List.of("glacier", "sea", "street");

  /** For each class of two: how many are right and how many are taken for the other. */
  private static Metrics metrics(int glaciers, int lost, int seas, int seasLost) {
    List<Prediction> images = new ArrayList<>();
    add(images, 0, 0, glaciers);
    add(images, 0, 1, lost);
    add(images, 1, 1, seas);
    add(images, 1, 0, seasLost);
    return Metrics.of(new Predictions(CLASSES, images));
  }

  private static void add(List<Prediction> images, int label, int predicted, int count) {
    for (int i = 0; i < count; i++) {
      float[] probabilities = new float[CLASSES.size()];
      probabilities[predicted] = 1;
      images.add(Prediction.of("x.jpg", label, probabilities));
    }
  }

  private static List<String> check(
      Metrics metrics,
      String metric,
      @Nullable String className,
      @Nullable String minimum,
      @Nullable String maximum) {
    return Gate.check(metrics, List.of(Rule.parse(metric, className, minimum, maximum))).stream()
        .map(Violation::message)
        .toList();
  }

  @Test
  void aWeakClassIsOneLineWithItsImagesAndInterval() {
    assertThat(check(metrics(476, 77, 500, 0), "recall", "glacier", "0.88", null))
        .containsExactly("rule class=glacier recall 0.860 < 0.880 (n=553, 95% CI .829-.887)");
  }

  @Test
  void aWeakAccuracyIsOneLineWithItsImagesAndInterval() {
    assertThat(check(metrics(100, 20, 95, 9), "accuracy", null, "90%", null))
        .containsExactly("rule accuracy 0.870 < 0.900 (n=224, 95% CI .820-.908)");
  }

  @Test
  void theLowerBoundAsksForImagesAndNotOnlyForLuck() {
    Metrics few = metrics(9, 1, 10, 0);
    assertThat(check(few, "accuracy", null, "0.90", null)).isEmpty();
    assertThat(check(few, "accuracyLowerBound", null, "0.90", null))
        .containsExactly("rule accuracyLowerBound 0.763 < 0.900 (n=20, 95% CI .764-.991)");
  }

  @Test
  void sevenOfTenIsExactlySeventyPercent() {
    assertThat(check(metrics(7, 3, 0, 0), "accuracy", null, "0.70", "70%")).isEmpty();
  }

  @Test
  void theTextNeverContradictsTheVerdict() {
    Metrics nearly = metrics(1799, 201, 0, 0);
    // 0.8995 would be rounded to 0.90 and 0.900 by others.
    assertThat(check(nearly, "accuracy", null, "0.9", null))
        .singleElement()
        .asString()
        .startsWith("rule accuracy 0.899 < 0.900 ");
    assertThat(check(nearly, "accuracy", null, null, "0.8994"))
        .singleElement()
        .asString()
        .startsWith("rule accuracy 0.8995 > 0.8994 ");
    assertThat(check(nearly, "accuracy", null, null, "0.899"))
        .singleElement()
        .asString()
        .startsWith("rule accuracy 0.900 > 0.899 ");
  }

  @Test
  void aRuleForEachClassSpeaksOfEveryClassThatFails() {
    assertThat(check(metrics(8, 2, 9, 1), "f1", "*", "0.9", null))
        .containsExactly(
            "rule class=glacier f1 0.842 < 0.900 (n=10)",
            "rule class=sea f1 0.857 < 0.900 (n=10)",
            "rule class=street f1 >= 0.9 can not be checked: there is no image of street");
  }

  @Test
  void anUnknownClassIsAViolationThatNamesTheNearest() {
    assertThat(check(metrics(8, 2, 9, 1), "recall", "glacer", "0.1", null))
        .containsExactly(
            "rule class=glacer recall >= 0.1 can not be checked: there is no class 'glacer'; did"
                + " you mean 'glacier'? classes are glacier, sea, street");
  }

  @Test
  void aClassThatIsNeverPredictedHasNoPrecisionToPass() {
    assertThat(check(metrics(8, 2, 9, 1), "precision", "street", "0", null))
        .containsExactly(
            "rule class=street precision >= 0 can not be checked: no image was predicted as"
                + " street");
  }

  @Test
  void zeroImagesPassNothing() {
    assertThat(check(metrics(0, 0, 0, 0), "logLoss", null, null, "100"))
        .containsExactly(
            "rule logLoss <= 100 can not be checked: there are no images to measure it on (n=0)");
    assertThat(check(metrics(0, 0, 0, 0), "recall", "*", "0", null)).hasSize(3);
  }

  @Test
  void aRuleForEachClassOfNoClassesIsViolated() {
    Metrics none = Metrics.of(new Predictions(List.of(), List.of()));
    assertThat(check(none, "recall", "*", "0", null)).hasSize(1);
  }

  @Test
  void topFiveAccuracyOfThreeClassesIsNotAPass() {
    assertThat(check(metrics(8, 2, 9, 1), "top5Accuracy", null, "0", null))
        .containsExactly(
            "rule top5Accuracy >= 0 can not be checked: it needs more than 5 classes, there are"
                + " 3");
  }

  @Test
  void aKappaThatIsNotANumberIsNotAPass() {
    assertThat(check(metrics(8, 0, 0, 0), "kappa", null, "-1", null))
        .containsExactly(
            "rule kappa >= -1 can not be checked: all images and all predictions are of one"
                + " class");
  }

  @Test
  void passesAreToldAsWell() {
    assertThat(
            Gate.judge(metrics(8, 2, 9, 1), List.of(Rule.parse("accuracy", null, "0.8", "0.90"))))
        .containsExactly(
            new Verdict(
                "accuracy >= 0.8 and <= 0.90",
                true,
                "rule accuracy 0.850 >= 0.800 and <= 0.900 (n=20, 95% CI .640-.948)"));
  }
}
