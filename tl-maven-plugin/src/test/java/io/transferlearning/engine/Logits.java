package io.transferlearning.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.weights.FormulaWeights;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/** What a TorchScript archive says of the formula's images, and how far that is from another's. */
public final class Logits {
  private Logits() {}

  /** Logits of {@code batch} images, one row after the other. */
  public static float[] of(Path archive, int batch, int height, int width) {
    float[] images = FormulaWeights.images(batch, height, width);
    try (TorchModule module = Processor.start("cpu", 2, 1).load(archive);
        TorchModule.Scope scope = module.scope()) {
      return module
          .call("forward", scope.floats(images, batch, 3, height, width))
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  /** The largest difference, relative to the largest expected value; all must be finite. */
  public static double difference(float[] found, FloatBuffer expected) {
    assertThat(found).hasSize(expected.capacity());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isFinite();
      largest = Math.max(largest, Math.abs(expected.get(i)));
      difference = Math.max(difference, Math.abs((double) found[i] - expected.get(i)));
    }
    return difference / largest;
  }
}
