package io.transferlearning.training;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.engine.Processor;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.Numerics.Kernels;
import io.transferlearning.network.torchscript.Numerics.Layout;
import io.transferlearning.network.torchscript.Numerics.Precision;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long a training step and a batch of features take in each precision and layout, and features
 * by oneDNN's kernels, variants in turn: what {@code auto} is chosen by. In the package of what it
 * measures, which is not public.
 */
final class StepSpeed {
  private static final int BATCH = Integer.getInteger("batch", 32);
  private static final int SIZE = 224;
  private static final List<Numerics> VARIANTS =
      List.of(
          new Numerics(Precision.FP32, Layout.CHANNELS_FIRST),
          new Numerics(Precision.FP32, Layout.CHANNELS_LAST),
          Numerics.SINGLE.with(Kernels.ONEDNN),
          new Numerics(Precision.BF16, Layout.CHANNELS_LAST),
          Numerics.MIXED.with(Kernels.ONEDNN));

  /** Steps are the same by any kernels: the columns of their variants. */
  private static final int[] STEPS = {0, 1, 3};

  private StepSpeed() {}

  /**
   * Prints a table.
   *
   * @param arguments rounds, threads, names of networks
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    Processor processor = Processor.start("cpu", Integer.parseInt(arguments[1]), 1);
    System.out.println(
        "| network | statistics | step: fp32 | fp32 channels last | bf16 channels last "
            + "| features: fp32 | fp32 channels last | fp32 oneDNN | bf16 channels last "
            + "| bf16 oneDNN |\n"
            + "|---|---|---|---|---|---|---|---|---|---|");
    for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
      for (Recipe.BatchNorm norm : Recipe.BatchNorm.values()) {
        System.out.println(row(processor, Networks.of(name, 8), norm, rounds));
      }
    }
  }

  private static String row(Processor processor, Network network, Recipe.BatchNorm norm, int rounds)
      throws IOException {
    Map<String, Tensor> start = StartingWeights.of(network, "none", Optional.empty(), 1);
    Recipe recipe = Recipe.fineTuning().withBatchNorm(norm);
    Path folder = Files.createTempDirectory("step-speed");
    List<TrainableModule> modules = new ArrayList<>();
    for (Numerics numerics : VARIANTS) {
      modules.add(
          TrainableModule.load(
              processor,
              folder,
              network,
              start,
              Preprocessing.imagenet(SIZE),
              new TrainingCode(network, recipe, TrainingCode.Scope.EVERYTHING, numerics)));
    }
    double[][] steps = new double[STEPS.length][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int column = 0; column < STEPS.length; column++) {
        TrainableModule module = modules.get(STEPS[column]);
        steps[column][Math.max(0, round)] = seconds(() -> step(module));
      }
    }
    // After the steps, for they forget what features keep of the weights.
    double[][] features = new double[VARIANTS.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int variant = 0; variant < VARIANTS.size(); variant++) {
        TrainableModule module = modules.get(variant);
        features[variant][Math.max(0, round)] =
            seconds(() -> module.features(pixels(), BATCH, SIZE));
      }
    }
    modules.forEach(TrainableModule::close);
    return "| " + network.name() + " | " + norm + " | " + cells(steps) + cells(features);
  }

  private static void step(TrainableModule module) {
    long[] labels = new long[BATCH];
    module.step(scope -> scope.bytes(pixels(), BATCH, SIZE, SIZE, 3), labels, 1e-5, 1e-4);
  }

  private static ByteBuffer pixels() {
    return ByteBuffer.allocateDirect(BATCH * SIZE * SIZE * 3);
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Median milliseconds, and how many times as fast as the first the round's others were. */
  private static String cells(double[][] all) {
    StringBuilder cells = new StringBuilder();
    for (double[] variant : all) {
      double[] ratios = new double[variant.length];
      Arrays.setAll(ratios, round -> all[0][round] / variant[round]);
      cells.append(
          String.format(Locale.ROOT, "%.0f ms, x%.2f | ", 1000 * median(variant), median(ratios)));
    }
    return cells.toString();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
