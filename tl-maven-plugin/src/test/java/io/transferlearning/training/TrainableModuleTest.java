package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.data.ClassWeights;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.engine.Processor;
import io.transferlearning.network.Network;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The optimizer's numbers, against torch's formula of AdamW written in Java: ResNet's head is
 * linear, so that its gradients are a page of arithmetic.
 */
class TrainableModuleTest {
  private static final int IMAGES = 6;
  private static final int FEATURES = 512;
  private static final int CLASSES = 3;
  private static final long[] LABELS = {0, 1, 2, 0, 1, 1};
  private static final Network NETWORK = SmallTask.RESNET;

  private final float[] features = features();
  private final Path folder;

  TrainableModuleTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void stepsAreTorchsAdamW() throws IOException {
    fiftyStepsAgree(recipe(0.1, 0));
  }

  @Test
  void labelsAreSmoothedAsTorchDoes() throws IOException {
    fiftyStepsAgree(recipe(0.1, 0.2));
  }

  @Test
  void classesAreWeighedAsTorchDoes() throws IOException {
    fiftyStepsAgree(recipe(0.1, 0.2), new ClassWeights(List.of(0.5, 2.0, 3.25)), Mixture.NONE);
  }

  @Test
  void labelsAreMixedWithThoseOfTheImagesBefore() throws IOException {
    Mixture mixture = new Mixture.Blended(0.7);
    fiftyStepsAgree(recipe(0.1, 0.2), ClassWeights.NONE, mixture);
    fiftyStepsAgree(recipe(0.1, 0), new ClassWeights(List.of(0.5, 2.0, 3.25)), mixture);
  }

  private void fiftyStepsAgree(Recipe recipe) throws IOException {
    fiftyStepsAgree(recipe, ClassWeights.NONE, Mixture.NONE);
  }

  private void fiftyStepsAgree(Recipe recipe, ClassWeights weights, Mixture mixture)
      throws IOException {
    Map<String, Tensor> start = SmallTask.random(NETWORK, 1);
    Head reference = new Head(recipe, values(start, "fc.weight"), values(start, "fc.bias"));
    reference.classes = weights.of(CLASSES);
    reference.share = mixture.share();
    try (TrainableModule module = load(recipe, start, weights)) {
      for (int step = 0; step < 50; step++) {
        double rate = 1e-3 * Schedule.WARM_UP_AND_COSINE.factor(step, 50);

        Totals totals = module.step(scope -> inputs(scope), LABELS, 0, rate, mixture);

        double loss = reference.step(rate);
        assertThat(totals.loss()).as("loss of step %d", step).isCloseTo(loss, within(1e-5));
        assertThat(totals.correct()).isEqualTo(Math.round(reference.correct));
      }
      Map<String, Tensor> end = module.state();
      assertThat(values(end, "fc.weight"))
          .containsExactly(reference.weight.floats(), within(1e-6f));
      assertThat(values(end, "fc.bias")).containsExactly(reference.bias.floats(), within(1e-6f));
      assertThat(SmallTask.changed(start, end)).containsExactly("fc.weight", "fc.bias");
    }
  }

  @Test
  void measuringChangesNothingAndIgnoresSmoothing() throws IOException {
    Recipe recipe = recipe(0.1, 0.2);
    Map<String, Tensor> start = SmallTask.random(NETWORK, 1);
    Head reference = new Head(recipe(0.1, 0), values(start, "fc.weight"), values(start, "fc.bias"));
    try (TrainableModule module = load(recipe, start)) {
      Totals totals = module.measure(scope -> inputs(scope), LABELS);

      assertThat(totals.loss()).isCloseTo(reference.step(0), within(1e-5));
      assertThat(totals.correct()).isEqualTo(Math.round(reference.correct));
      assertThat(module.state()).isEqualTo(start);
    }
  }

  @Test
  void theStateIsACopy() throws IOException {
    Recipe recipe = recipe(0.1, 0);
    Map<String, Tensor> start = SmallTask.random(NETWORK, 1);
    try (TrainableModule module = load(recipe, start)) {
      Map<String, Tensor> before = module.state();

      module.step(scope -> inputs(scope), LABELS, 0, 1e-3);

      assertThat(before).isEqualTo(start);
      assertThat(module.state()).isNotEqualTo(start);
    }
  }

  private ai.djl.ndarray.NDArray inputs(io.transferlearning.engine.TorchModule.Scope scope) {
    ByteBuffer rows =
        ByteBuffer.allocateDirect(features.length * Float.BYTES).order(ByteOrder.nativeOrder());
    rows.asFloatBuffer().put(features);
    return scope.floats(rows, IMAGES, FEATURES);
  }

  private TrainableModule load(Recipe recipe, Map<String, Tensor> start) throws IOException {
    return load(recipe, start, ClassWeights.NONE);
  }

  private TrainableModule load(Recipe recipe, Map<String, Tensor> start, ClassWeights weights)
      throws IOException {
    return TrainableModule.load(
        Processor.start("cpu", 2, 1),
        folder,
        NETWORK,
        start,
        SmallTask.PREPROCESSING,
        new TrainingCode(NETWORK, recipe, TrainingCode.Scope.HEAD, Numerics.SINGLE, weights));
  }

  private static Recipe recipe(double decay, double smoothing) {
    return Recipe.featureExtraction()
        .withBatchSize(IMAGES)
        .withOptimizer(Optimizer.adamW(0, 1e-3, decay))
        .withRegularisation(new Regularisation(smoothing, 0, 0));
  }

  private static float[] features() {
    RandomStream random = RandomStream.of(7, 0);
    float[] features = new float[IMAGES * FEATURES];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-1, 1);
    }
    return features;
  }

  private static float[] values(Map<String, Tensor> tensors, String name) {
    return Optional.ofNullable(tensors.get(name)).orElseThrow().toFloats();
  }

  /** A tensor with the moments that AdamW keeps of it, in double precision. */
  private static final class AdamW {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double[] values;
    private final double[] moments;
    private final double[] squares;
    private final double decay;
    private int steps;

    AdamW(float[] start, double decay) {
      this.values = new double[start.length];
      Arrays.setAll(values, i -> start[i]);
      this.moments = new double[start.length];
      this.squares = new double[start.length];
      this.decay = decay;
    }

    /** One step, line by line as in the documentation of torch.optim.AdamW. */
    void step(double[] gradients, double rate) {
      steps++;
      for (int i = 0; i < values.length; i++) {
        values[i] -= rate * decay * values[i];
        moments[i] = BETA1 * moments[i] + (1 - BETA1) * gradients[i];
        squares[i] = BETA2 * squares[i] + (1 - BETA2) * gradients[i] * gradients[i];
        double moment = moments[i] / (1 - Math.pow(BETA1, steps));
        double square = squares[i] / (1 - Math.pow(BETA2, steps));
        values[i] -= rate * moment / (Math.sqrt(square) + EPSILON);
      }
    }

    float[] floats() {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }
  }

  /** A linear layer under softmax cross entropy. */
  private final class Head {
    private final AdamW weight;
    private final AdamW bias;
    private final double smoothing;
    private List<Double> classes = ClassWeights.NONE.of(CLASSES);
    private double share = 1;
    private double correct;

    Head(Recipe recipe, float[] weight, float[] bias) {
      this.weight = new AdamW(weight, recipe.optimizer().weightDecay());
      this.bias = new AdamW(bias, 0);
      this.smoothing = recipe.labelSmoothing();
    }

    /** Steps, and returns the mean loss before. */
    double step(double rate) {
      double[] ofWeight = new double[CLASSES * FEATURES];
      double[] ofBias = new double[CLASSES];
      double loss = 0;
      correct = 0;
      for (int n = 0; n < IMAGES; n++) {
        double[] p = softmax(logits(n));
        int own = (int) LABELS[n];
        int other = (int) LABELS[(n + IMAGES - 1) % IMAGES];
        correct += (best(p) == own ? share : 0) + (best(p) == other ? 1 - share : 0);
        double[] targets = new double[CLASSES];
        add(targets, own, share);
        add(targets, other, 1 - share);
        double sum = Arrays.stream(targets).sum();
        for (int c = 0; c < CLASSES; c++) {
          loss -= targets[c] * Math.log(p[c]);
          double gradient = sum * p[c] - targets[c];
          ofBias[c] += gradient;
          for (int f = 0; f < FEATURES; f++) {
            ofWeight[c * FEATURES + f] += gradient * features[n * FEATURES + f];
          }
        }
      }
      weight.step(ofWeight, rate);
      bias.step(ofBias, rate);
      return loss;
    }

    /** A label's part of the loss, as in the documentation of torch.nn.CrossEntropyLoss. */
    private void add(double[] targets, int label, double part) {
      double all = Arrays.stream(LABELS).mapToDouble(one -> classes.get((int) one)).sum();
      for (int c = 0; c < CLASSES; c++) {
        double target = smoothing / CLASSES + (c == label ? 1 - smoothing : 0);
        targets[c] += part * classes.get(c) * target / all;
      }
    }

    private double[] logits(int image) {
      double[] logits = bias.values.clone();
      for (int c = 0; c < CLASSES; c++) {
        for (int f = 0; f < FEATURES; f++) {
          logits[c] += weight.values[c * FEATURES + f] * features[image * FEATURES + f];
        }
      }
      return logits;
    }

    private static int best(double[] p) {
      int best = 0;
      for (int c = 1; c < p.length; c++) {
        best = p[c] > p[best] ? c : best;
      }
      return best;
    }

    private static double[] softmax(double[] logits) {
      double sum = Arrays.stream(logits).map(Math::exp).sum();
      return Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
    }
  }
}
