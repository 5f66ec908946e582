package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> LEGAL = List.of("resnet18", "resnet34", "squeezenet1_1");

  @Test
  void theNearestNameIsSuggested() {
    assertThat(Suggestion.nearest("resnet35", LEGAL)).contains("resnet34");
  }

  @Test
  void ofNamesEquallyNearTheFirstIsSuggested() {
    assertThat(Suggestion.nearest("resnet", LEGAL)).contains("resnet18");
  }

  @Test
  void caseIsNoDifference() {
    assertThat(Suggestion.nearest("SqueezeNet1_1", LEGAL)).contains("squeezenet1_1");
  }

  @Test
  void nothingIsSuggestedWhereEveryNameIsFar() {
    assertThat(Suggestion.nearest("inception_v3", LEGAL)).isEmpty();
    assertThat(Suggestion.didYouMean("inception_v3", LEGAL)).isEmpty();
  }

  @Test
  void aShortWordMayBeTwoEditsAway() {
    assertThat(Suggestion.nearest("gp", List.of("auto", "cpu"))).contains("cpu");
    assertThat(Suggestion.nearest("xy", List.of("auto", "cpu"))).isEmpty();
  }

  @Test
  void nothingIsSuggestedWhereNothingIsLegal() {
    assertThat(Suggestion.nearest("resnet", List.of())).isEmpty();
  }

  @Test
  void theSentenceEndsWithASpaceSoThatAdviceCanFollow() {
    assertThat(Suggestion.didYouMean("resnet33", LEGAL)).isEqualTo("did you mean 'resnet34'? ");
  }
}
