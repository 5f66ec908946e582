package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.Network;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty steps at changing rates, beside those of torch's own optimizers in double precision ({@code
 * torch_optimizers.py}): ResNet's linear head, whose parameters must agree to 1e-6.
 */
class OptimizerLiveTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final int IMAGES = 6;
  private static final int FEATURES = 512;
  private static final int STEPS = 50;
  private static final long[] LABELS = {0, 1, 2, 0, 1, 1};
  private static final Network NETWORK = SmallTask.RESNET;
  private static final Recipe BASE = Recipe.featureExtraction().withBatchSize(IMAGES);
  private static final Optimizer ADAMW = Optimizer.adamW(0, 1e-3, 0.1);

  /** The rate is no higher than what leaves a step stable, or rounding would be all one sees. */
  private static final Optimizer SGD =
      new Optimizer(Optimizer.Kind.SGD, 0, 1e-3, 1, 0.01, 0.9, false, 0);

  private static final Optimizer NESTEROV =
      new Optimizer(Optimizer.Kind.SGD, 0, 1e-3, 1, 0.01, 0.9, true, 0);

  private static final Optimizer PLAIN =
      new Optimizer(Optimizer.Kind.SGD, 0, 1e-3, 1, 0, 0, false, 0);

  private static final Optimizer CLIPPED =
      new Optimizer(Optimizer.Kind.SGD, 0, 1e-2, 1, 0, 0.9, false, 0.5);

  private static final List<Recipe> CASES =
      List.of(
          BASE.withOptimizer(ADAMW).withSchedule(Schedule.WARM_UP_AND_COSINE),
          BASE.withOptimizer(ADAMW).withRegularisation(new Regularisation(0.2, 0, 0)),
          BASE.withOptimizer(ADAMW).withRegularisation(new Regularisation(0, 0.9, 0)),
          BASE.withOptimizer(ADAMW).withRegularisation(new Regularisation(0, 0, 0.25)),
          BASE.withOptimizer(ADAMW).withRegularisation(new Regularisation(0, 0.9, 0.25)),
          BASE.withOptimizer(ADAMW).withSchedule(Schedule.STEP).withAccumulation(3),
          BASE.withOptimizer(SGD).withSchedule(Schedule.ONE_CYCLE),
          BASE.withOptimizer(NESTEROV).withSchedule(Schedule.WARM_UP_AND_COSINE),
          BASE.withOptimizer(PLAIN).withSchedule(Schedule.STEP),
          BASE.withOptimizer(CLIPPED).withSchedule(Schedule.WARM_UP_AND_COSINE));

  private final Path folder;
  private final float[] features = features();

  OptimizerLiveTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @SuppressWarnings("ArrayRecordComponent") // Filled by Gson, and read once.
  private record Result(double[][] weight, double[] bias, double[] losses) {}

  @Test
  void fiftyStepsAreTorchs() throws IOException, InterruptedException {
    Map<String, Tensor> start = SmallTask.random(NETWORK, 1);
    Result[] expected = torch(start);
    for (int number = 0; number < CASES.size(); number++) {
      requireEqual(CASES.get(number), start, expected[number]);
    }
  }

  private void requireEqual(Recipe recipe, Map<String, Tensor> start, Result expected)
      throws IOException {
    TrainingCode code = new TrainingCode(NETWORK, recipe, TrainingCode.Scope.HEAD, Numerics.SINGLE);
    try (TrainableModule module =
        TrainableModule.load(
            Processor.start("cpu", 2, 1), folder, NETWORK, start, SmallTask.PREPROCESSING, code)) {
      EpochLoop.Rates rates = new EpochLoop.Rates(recipe, STEPS);
      int parts = recipe.accumulation();
      for (int step = 0; step < STEPS; step++) {
        double loss = 0;
        for (int part = 0; part < parts; part++) {
          loss += part(module, part, parts).loss() / parts;
        }
        rates.advance();
        module.update(rates.body(), rates.head(), rates.newest());
        assertThat(loss)
            .as("%s, step %d", recipe, step)
            .isCloseTo(expected.losses()[step], within(1e-5));
      }
      module.swap();
      Map<String, Tensor> end = module.state();
      double[] weight = Arrays.stream(expected.weight()).flatMapToDouble(Arrays::stream).toArray();
      requireClose(recipe, end, "fc.weight", weight);
      requireClose(recipe, end, "fc.bias", expected.bias());
      assertThat(SmallTask.changed(start, end)).containsExactly("fc.weight", "fc.bias");
    }
  }

  private Totals part(TrainableModule module, int part, int parts) {
    int size = IMAGES / parts;
    long[] labels = Arrays.copyOfRange(LABELS, part * size, (part + 1) * size);
    module.differentiate(
        scope -> rows(scope, part * size, size), labels, 1.0 / parts, Mixture.NONE);
    return module.counted();
  }

  private NDArray rows(TorchModule.Scope scope, int from, int images) {
    ByteBuffer rows =
        ByteBuffer.allocateDirect(images * FEATURES * Float.BYTES).order(ByteOrder.nativeOrder());
    rows.asFloatBuffer().put(features, from * FEATURES, images * FEATURES);
    return scope.floats(rows, images, FEATURES);
  }

  private static void requireClose(
      Recipe recipe, Map<String, Tensor> end, String name, double[] expected) {
    float[] found = Objects.requireNonNull(end.get(name)).toFloats();
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(found[i] - expected[i]));
    }
    assertThat(worst).as("%s of %s", name, recipe).isLessThan(1e-6);
  }

  private Result[] torch(Map<String, Tensor> start) throws IOException, InterruptedException {
    Path cases = folder.resolve("cases.json");
    Path output = folder.resolve("output.json");
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("features", table(features, IMAGES));
    data.put("labels", LABELS);
    data.put("weight", table(Objects.requireNonNull(start.get("fc.weight")).toFloats(), 3));
    data.put("bias", Objects.requireNonNull(start.get("fc.bias")).toFloats());
    data.put("cases", CASES.stream().map(OptimizerLiveTest::describe).toList());
    Files.writeString(cases, new Gson().toJson(data));
    ProcessBuilder builder =
        new ProcessBuilder(
            PYTHON, "src/test/python/torch_optimizers.py", cases.toString(), output.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("OMP_NUM_THREADS", "1");
    boolean there = Path.of(PYTHON).toFile().canExecute();
    Process process = there ? builder.redirectErrorStream(true).start() : null;
    String said =
        process == null
            ? ""
            : new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process == null || said.contains("No module named 'torch'")) {
      System.out.println(
          "LEFT OUT: OptimizerLiveTest, because "
              + PYTHON
              + " cannot import torch (Debian: python3-torch)");
      assumeTrue(false, "no torch in " + PYTHON);
    }
    assertThat(Objects.requireNonNull(process).waitFor()).as(said).isZero();
    return new Gson().fromJson(Files.readString(output), Result[].class);
  }

  private static Map<String, Object> describe(Recipe recipe) {
    EpochLoop.Rates rates = new EpochLoop.Rates(recipe, STEPS);
    List<Double> all = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      rates.advance();
      all.add(rates.head());
    }
    return Map.of(
        "kind", recipe.optimizer().kind().name(),
        "decay", recipe.optimizer().weightDecay(),
        "momentum", recipe.optimizer().momentum(),
        "nesterov", recipe.optimizer().nesterov(),
        "clip", recipe.optimizer().clipNorm(),
        "smoothing", recipe.labelSmoothing(),
        "keeping",
            List.of(recipe.regularisation().averaging(), recipe.regularisation().startShare()),
        "parts", recipe.accumulation(),
        "rates", all);
  }

  private static float[][] table(float[] values, int rows) {
    int width = values.length / rows;
    float[][] table = new float[rows][];
    for (int row = 0; row < rows; row++) {
      table[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
    return table;
  }

  private static float[] features() {
    RandomStream random = RandomStream.of(7, 0);
    float[] features = new float[IMAGES * FEATURES];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-1, 1);
    }
    return features;
  }
}
