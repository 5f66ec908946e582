package io.transferlearning.training;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.engine.Processor;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.torchscript.Numerics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Images a second of the training steps of one network on one device, without the reading of
 * images: {@code steps.py} sets it beside torch. In the package of what it measures, which is not
 * public.
 */
final class StepRates {
  private static final int WARM_UP = 3;

  private StepRates() {}

  /**
   * Prints a number.
   *
   * @param arguments device, threads, precision, network, batch size, pixels, seconds
   */
  public static void main(String[] arguments) throws IOException {
    Processor processor = Processor.start(arguments[0], Integer.parseInt(arguments[1]), 1);
    Numerics numerics =
        arguments[2].equals("fp32")
            ? new Numerics(Numerics.Precision.FP32, Numerics.Layout.CHANNELS_LAST)
            : new Numerics(Numerics.Precision.BF16, Numerics.Layout.CHANNELS_LAST);
    Network network = Networks.of(arguments[3], 1000);
    int batch = Integer.parseInt(arguments[4]);
    int size = Integer.parseInt(arguments[5]);
    Recipe recipe = Recipe.fineTuning().withBatchNorm(Recipe.BatchNorm.BATCH);
    Path folder = Files.createTempDirectory("step-rates");
    try (TrainableModule module =
        TrainableModule.load(
            processor,
            folder,
            network,
            StartingWeights.of(network, "none", Optional.empty(), 1),
            Preprocessing.imagenet(size),
            new TrainingCode(network, recipe, TrainingCode.Scope.EVERYTHING, numerics))) {
      ByteBuffer pixels = ByteBuffer.allocateDirect(batch * size * size * 3);
      byte[] noise = new byte[pixels.capacity()];
      new Random(1).nextBytes(noise);
      pixels.put(noise).clear();
      Runnable step =
          () ->
              module.step(
                  scope -> scope.bytes(pixels, batch, size, size, 3), new long[batch], 1e-5, 1e-4);
      for (int i = 0; i < WARM_UP; i++) {
        step.run();
      }
      System.out.println("measuring");
      System.out.printf(
          Locale.ROOT, "%.2f images/s%n", rate(step, Double.parseDouble(arguments[6])) * batch);
    } finally {
      Files.delete(folder);
    }
  }

  /** Every step ends with its loss on the host: nothing is still being computed afterwards. */
  private static double rate(Runnable step, double seconds) {
    long start = System.nanoTime();
    int steps = 0;
    while (System.nanoTime() - start < seconds * 1e9 || steps < 3) {
      step.run();
      steps++;
    }
    return steps * 1e9 / (System.nanoTime() - start);
  }
}
