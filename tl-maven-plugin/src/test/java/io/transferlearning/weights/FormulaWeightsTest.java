package io.transferlearning.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class FormulaWeightsTest {
  @Test
  void javaAndPythonComputeTheSameBits() {
    JsonArray checks = Golden.document().getAsJsonArray("formula");

    assertThat(checks).hasSize(7);
    for (JsonElement check : checks) {
      requireSame(check.getAsJsonObject());
    }
  }

  @Test
  void countersAreZeroAndHaveNoDimensions() {
    assertThat(
            FormulaWeights.stateDict(Golden.shapes("resnet18")).tensor("bn1.num_batches_tracked"))
        .isEqualTo(Tensor.scalar(0));
  }

  private static void requireSame(JsonObject check) {
    String name = check.get("name").getAsString();
    float[] values =
        name.equals("images")
            ? FormulaWeights.images(2, 224, 224)
            : FormulaWeights.tensor(name, Golden.longs(check.get("shape"))).toFloats();
    JsonArray at = check.getAsJsonArray("at");
    for (int i = 0; i < at.size(); i++) {
      double expected = check.getAsJsonArray("values").get(i).getAsDouble();
      assertThat((double) values[at.get(i).getAsInt()]).as(name).isEqualTo(expected);
    }
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    // The order of summation differs, and nothing else.
    assertThat(sum).as(name).isCloseTo(check.get("sum").getAsDouble(), within(1e-8));
  }
}
