package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.transferlearning.Torchvision;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.source.Catalogue;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What torchvision has just computed with the formula's weights: logits of images of several sizes,
 * and three steps of training.
 */
final class LiveNetwork {
  private static final int BATCH = 2;

  private final Network network;
  private final Path folder;
  private final JsonObject answer;
  private final List<List<Integer>> sizes;

  private LiveNetwork(Network network, Path folder, JsonObject answer, List<List<Integer>> sizes) {
    this.network = network;
    this.folder = folder;
    this.answer = answer;
    this.sizes = sizes;
  }

  /** Lets torchvision compute; its tensors go to files in {@code folder}. */
  static LiveNetwork of(Torchvision torchvision, Network network, Path folder) throws IOException {
    int smallest = smallest(network);
    List<List<Integer>> sizes =
        List.of(
            List.of(224, 224),
            List.of(97, 131),
            List.of(smallest, smallest),
            List.of(smallest, 90),
            List.of(smallest - 1, 90),
            List.of(90, smallest - 1));
    Map<String, Object> request =
        Map.of("name", network.name(), "sizes", sizes, "train", true, "folder", folder.toString());
    return new LiveNetwork(network, folder, torchvision.ask("compare", request), sizes);
  }

  /** The side of the smallest square that we say the network can take. */
  private static int smallest(Network network) {
    return IntStream.range(1, 224)
        .filter(side -> takes(network, side, side))
        .findFirst()
        .orElseThrow();
  }

  private static boolean takes(Network network, int height, int width) {
    try {
      Shapes.of(network, height, width);
      return true;
    } catch (Problem e) {
      return false;
    }
  }

  /** The number of parameters, as counted and as published, and every dropout's place and rate. */
  void requireSameDescription() {
    long parameters = network.trainableElements();
    assertThat(answer.get("parameters").getAsLong()).isEqualTo(parameters);
    if (Catalogue.find(network.name()).isPresent()) {
      assertThat(answer.get("published").getAsLong()).isEqualTo(parameters);
    }
    List<String> dropouts = new ArrayList<>();
    String last = "";
    for (Node node : network.nodes()) {
      if (node.op() instanceof Op.Dropout dropout) {
        dropouts.add(last + " " + dropout.probability());
      } else if (network.parameters().containsKey(node.name() + ".weight")) {
        last = node.name();
      }
    }
    assertThat(dropouts)
        .isEqualTo(
            answer.getAsJsonArray("dropouts").asList().stream()
                .map(JsonElement::getAsJsonArray)
                .map(d -> d.get(0).getAsString() + " " + d.get(1).getAsDouble())
                .toList());
  }

  /** What it trained on. */
  TrainingSteps steps() {
    return TrainingSteps.of(answer);
  }

  /** Of every size that the network takes; that torchvision takes the same is required. */
  List<Logits> logits() {
    List<Logits> logits = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      int height = sizes.get(i).get(0);
      int width = sizes.get(i).get(1);
      boolean fits = answer.getAsJsonArray("fits").get(i).getAsBoolean();
      assertThat(takes(network, height, width)).as("takes %dx%d", height, width).isEqualTo(fits);
      if (fits) {
        logits.add(new Logits(height, width, Torchvision.floats(folder.resolve("logits-" + i))));
      }
    }
    return logits;
  }

  /** torchvision's logits of images of one size. */
  record Logits(int height, int width, FloatBuffer expected) {
    /** The largest difference, as a part of the largest logit. */
    double difference(FormulaModule module, String method) {
      float[] found = module.logits(method, BATCH, height, width);
      assertThat(found).hasSize(expected.capacity());
      double largest = 0;
      double difference = 0;
      for (int i = 0; i < found.length; i++) {
        largest = Math.max(largest, Math.abs(expected.get(i)));
        difference = Math.max(difference, Math.abs((double) found[i] - expected.get(i)));
      }
      return finite(difference / largest);
    }
  }

  /** The largest difference of a parameter's gradient in the last step. */
  double ofGradients(NDList gradients) {
    FloatBuffer all = Torchvision.floats(folder.resolve("gradients"));
    double whole = norm(all.duplicate(), all.capacity());
    double worst = 0;
    for (NDArray gradient : gradients) {
      worst = Math.max(worst, difference(gradient.toFloatArray(), all, 1e-9 * whole));
    }
    assertThat(all.hasRemaining()).isFalse();
    return worst;
  }

  /** The largest difference of a running mean or variance; counters must be equal. */
  double ofStatistics(NDList state) {
    FloatBuffer all = Torchvision.floats(folder.resolve("statistics"));
    List<Long> counters = new ArrayList<>();
    double worst = 0;
    int i = 0;
    for (Parameter parameter : network.parameters().values()) {
      NDArray now = state.get(i++);
      if (parameter.role() == Parameter.Role.COUNTER) {
        counters.add(now.getLong());
      } else if (parameter.role() == Parameter.Role.STATISTIC) {
        double[] doubles = now.toDoubleArray();
        float[] floats = new float[doubles.length];
        IntStream.range(0, floats.length).forEach(k -> floats[k] = (float) doubles[k]);
        worst = Math.max(worst, difference(floats, all, 0));
      }
    }
    assertThat(all.hasRemaining()).isFalse();
    assertThat(counters)
        .isEqualTo(
            answer.getAsJsonArray("counters").asList().stream()
                .map(JsonElement::getAsLong)
                .toList());
    return worst;
  }

  /**
   * The norm of a tensor's difference from the next ones of {@code expected}, as a part of the
   * tensor's norm, or of {@code least} where that is more: a bias before a batch normalisation has
   * no gradient but rounding.
   */
  private static double difference(float[] found, FloatBuffer expected, double least) {
    double squares = 0;
    double norm = 0;
    for (float value : found) {
      double other = expected.get();
      squares += (value - other) * (value - other);
      norm += other * other;
    }
    return finite(Math.sqrt(squares) / Math.max(Math.sqrt(norm), least));
  }

  private static double norm(FloatBuffer values, int count) {
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double value = values.get();
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private static double finite(double difference) {
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}
