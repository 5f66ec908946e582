package io.transferlearning.training.head;

import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A 1x1 convolution followed by ReLU and the mean over all positions, made of a layer for the means
 * of the channels: with biases raised by one number, so that ReLU lets everything pass.
 */
public final class PooledConvolution {
  /** What the number is beyond the images' own need, as a part of it: for images yet unseen. */
  private static final double MARGIN = 0.1;

  private static final int IMAGES = 32;

  private PooledConvolution() {}

  /**
   * The layer with raised biases. Softmax does not change by it.
   *
   * @param workFolder exists; for a file that is gone at the end
   * @param images on whose maps no position falls below zero
   */
  public static LinearLayer raised(
      Processor processor, Path workFolder, LinearLayer layer, List<FeatureMaps> images)
      throws IOException {
    double lowest = 0;
    try (TorchModule code = SoftmaxRegression.code(processor, workFolder)) {
      for (FeatureMaps maps : images) {
        for (int from = 0; from < maps.size(); from += IMAGES) {
          int to = Math.min(maps.size(), from + IMAGES);
          lowest = Math.min(lowest, lowest(code, layer, maps, from, to));
        }
      }
    }
    float[] bias = layer.bias().clone();
    for (int k = 0; k < bias.length; k++) {
      bias[k] = (float) (bias[k] - lowest * (1 + MARGIN));
    }
    return new LinearLayer(layer.weight(), bias);
  }

  private static double lowest(
      TorchModule code, LinearLayer layer, FeatureMaps maps, int from, int to) {
    try (TorchModule.Scope scope = code.scope()) {
      return code.call(
              "lowest",
              scope.floats(maps.maps(from, to), to - from, maps.width(), maps.positions()),
              scope.floats(layer.weight(), layer.bias().length, maps.width()),
              scope.floats(layer.bias(), layer.bias().length, 1))
          .singletonOrThrow()
          .getFloat();
    }
  }
}
