package io.transferlearning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.math.BigDecimal;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleTest {
  private static final String NAMES =
      "accuracy, accuracyLowerBound, balancedAccuracy, top5Accuracy, macroF1, kappa, logLoss,"
          + " precision, recall, f1.";

  private static AbstractThrowableAssert<?, ?> parsing(
      @Nullable String metric,
      @Nullable String className,
      @Nullable String minimum,
      @Nullable String maximum) {
    return assertThatThrownBy(() -> Rule.parse(metric, className, minimum, maximum))
        .isInstanceOf(Problem.class);
  }

  private static String text(String what, String next) {
    return what + System.lineSeparator() + "  -> " + next;
  }

  @Test
  void fractionsAndPercentagesAreTheSame() {
    assertThat(Rule.parse("accuracy", "", "0.80", " "))
        .isEqualTo(Rule.parse(" accuracy ", null, " 80 % ", null))
        .isEqualTo(new Rule(Metric.ACCURACY, null, new BigDecimal("0.80"), null));
  }

  @Test
  void aMistypedMetricSuggestsTheNearest() {
    parsing("acuracy", null, "0.9", null)
        .hasMessage(
            text(
                "<metric>acuracy</metric> of a <rule> is not known.",
                "did you mean 'accuracy'? Use one of: " + NAMES));
  }

  @Test
  void aMissingMetricListsTheLegalOnes() {
    parsing(null, null, "0.9", null)
        .hasMessage(text("A <rule> has no <metric>.", "name one of: " + NAMES));
  }

  @Test
  void aRuleNeedsALimit() {
    parsing("accuracy", null, null, null)
        .hasMessage(
            text(
                "The rule on 'accuracy' has neither <minimum> nor <maximum>.",
                "add one, such as <minimum>0.90</minimum>."));
  }

  @Test
  void limitsThatCrossAreRefused() {
    parsing("accuracy", null, "0.9", "80%")
        .hasMessage(
            text(
                "The rule on 'accuracy' has <minimum>0.9</minimum> above"
                    + " <maximum>0.80</maximum>, so nothing can pass.",
                "exchange the two, or remove one."));
  }

  @Test
  void ninetyIsNotAFraction() {
    parsing("accuracy", null, "90", null)
        .hasMessage(
            text(
                "The rule on 'accuracy' has <minimum>90</minimum>; accuracy is from 0 to 1.",
                "write a number from 0 to 1, or a percentage such as 80%."));
  }

  @Test
  void aNegativeLossIsRefusedAndALargeOneIsNot() {
    parsing("logLoss", null, null, "-0.1")
        .hasMessage(
            text(
                "The rule on 'logLoss' has <maximum>-0.1</maximum>; logLoss is 0 or more.",
                "write a number of 0 or more."));
    assertThat(Rule.parse("logLoss", null, null, "2.5").maximum()).isEqualByComparingTo("2.5");
  }

  @Test
  void kappaMayBeNegative() {
    assertThat(Rule.parse("kappa", null, "-0.5", null).text()).isEqualTo("kappa >= -0.5");
  }

  @Test
  void wordsAndPercentagesOfNatsAreNotNumbers() {
    parsing("accuracy", null, "high", null)
        .hasMessage(
            text(
                "The rule on 'accuracy' has <minimum>high</minimum>, which is not a number.",
                "write a number such as 0.80 or 80%."));
    parsing("logLoss", null, null, "35%")
        .hasMessage(
            text(
                "The rule on 'logLoss' has <maximum>35%</maximum>, which is not a number.",
                "write a number such as 0.35."));
    parsing("accuracy", null, "NaN", null).hasMessageContaining("is not a number");
  }

  @Test
  void metricsOfClassesNeedAClassAndOthersHaveNone() {
    parsing("recall", null, "0.9", null)
        .hasMessage(
            text(
                "The rule on 'recall' has no <className>, and recall is one class's.",
                "name a class, or write <className>*</className> for each class."));
    parsing("accuracy", "sea", "0.9", null)
        .hasMessage(
            text(
                "The rule on 'accuracy' has <className>sea</className>, but accuracy is measured"
                    + " on all classes together.",
                "remove <className>, or use precision, recall or f1."));
  }
}
