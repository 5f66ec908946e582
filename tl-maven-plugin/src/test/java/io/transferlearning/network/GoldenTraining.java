package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.transferlearning.weights.FormulaWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** What {@code torchvision_training.py} knows of a network's three steps. */
record GoldenTraining(JsonObject golden) {
  private static final JsonObject DOCUMENT = document();

  /** Elements that are looked at together: the largest tensors are 800 MB in double precision. */
  private static final int SLICE = 1 << 22;

  /** Of a network; empty where the file leaves it to the comparison beside torchvision itself. */
  static Optional<GoldenTraining> of(String name) {
    return DOCUMENT.getAsJsonArray("models").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(model -> model.get("name").getAsString().equals(name))
        .map(GoldenTraining::new)
        .findFirst();
  }

  /** Learning rate of every step. */
  static double rate() {
    return DOCUMENT.get("rate").getAsDouble();
  }

  /** Images in a batch. */
  static int batch() {
    return DOCUMENT.get("batch").getAsInt();
  }

  TrainingSteps steps() {
    return TrainingSteps.of(golden);
  }

  /**
   * The largest difference of a tensor's movement from torchvision's, as a part of its norm, by sum
   * and norm. Counters must be equal.
   *
   * @param state all tensors after the steps
   */
  double difference(Network network, NDList state) {
    double worst = 0;
    int i = 0;
    for (Parameter parameter : network.parameters().values()) {
      double sum = golden.getAsJsonArray("sums").get(i).getAsDouble();
      double norm = golden.getAsJsonArray("norms").get(i).getAsDouble();
      NDArray now = state.get(i++);
      if (parameter.role() == Parameter.Role.COUNTER) {
        assertThat(now.getLong()).as(parameter.name()).isEqualTo((long) sum);
      } else {
        worst = Math.max(worst, difference(now, parameter, sum, norm));
      }
    }
    return worst;
  }

  private static double difference(NDArray now, Parameter parameter, double sum, double norm) {
    FloatBuffer before =
        FormulaWeights.tensor(parameter.name(), parameter.shape()).bytes().asFloatBuffer();
    double total = 0;
    double squares = 0;
    NDArray row = now.reshape(-1);
    for (int from = 0; from < before.capacity(); from += SLICE) {
      int end = Math.min(before.capacity(), from + SLICE);
      for (double value : row.get(from + ":" + end).toDoubleArray()) {
        double moved = value - before.get();
        total += moved;
        squares += moved * moved;
      }
    }
    // a bias before a batch normalisation moves by nothing but rounding
    double scale = norm + 1e-9 * Math.sqrt(before.capacity());
    double ofSum = Math.abs(total - sum) / Math.sqrt(before.capacity());
    double difference = Math.max(ofSum, Math.abs(Math.sqrt(squares) - norm)) / scale;
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  private static JsonObject document() {
    InputStream in = GoldenTraining.class.getResourceAsStream("torchvision_training.json");
    try (InputStreamReader reader =
        new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, JsonObject.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
