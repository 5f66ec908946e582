package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout is torch.nn.Dropout's: a share of the elements is zero, the others make up for it. */
class DropoutTest {
  /** A number of elements that eight does not divide. */
  private static final int SIDE = 201;

  private static final float[] COUNTED = new float[3 * SIDE * SIDE];

  static {
    for (int i = 0; i < COUNTED.length; i++) {
      COUNTED[i] = i + 1;
    }
  }

  private final Path folder;

  DropoutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /**
   * torch's own, and that of trunks written for speed, which know a way of their own for halves.
   */
  @ParameterizedTest
  @CsvSource({"trunk, 0.3", "trunk, 0.5", "fast, 0.3", "fast, 0.5"})
  void dropsAtItsRateAndScalesTheRestInTrainingAlone(String trunk, double rate) throws IOException {
    try (TorchModule module = module(trunk, rate)) {
      assertThat(run(module, "kept")).containsExactly(COUNTED);

      float[] dropped = run(module, "dropped");
      double[] zeros = new double[COUNTED.length];
      for (int i = 0; i < dropped.length; i++) {
        zeros[i] = dropped[i] == 0 ? 1 : 0;
        double scaled = dropped[i] == 0 ? 0 : COUNTED[i] / (1 - rate);
        assertThat((double) dropped[i]).isCloseTo(scaled, within(1e-6 * scaled));
      }
      requireMean(zeros, rate);
      // Neighbours in any direction, which share a random number here and there, know nothing of
      // each other.
      int map = SIDE * SIDE;
      for (int apart : new int[] {1, 8, SIDE, map, COUNTED.length / 8}) {
        requireMean(
            IntStream.range(0, zeros.length - apart)
                .mapToDouble(i -> zeros[i] * zeros[i + apart])
                .toArray(),
            rate * rate);
      }
      assertThat(run(module, "dropped")).isNotEqualTo(dropped);
    }
  }

  /** A seed gives one mask. */
  @ParameterizedTest
  @ValueSource(strings = {"trunk", "fast"})
  void theSeedDecides(String trunk) throws IOException {
    try (TorchModule module = module(trunk, 0.5)) {
      Processor.start("cpu", 2, 7);
      float[] dropped = run(module, "dropped");
      Processor.start("cpu", 2, 7);

      assertThat(run(module, "dropped")).isEqualTo(dropped);
    }
  }

  /** Gradients take the same way as values. */
  @ParameterizedTest
  @ValueSource(strings = {"trunk", "fast"})
  void gradientsAreDroppedAndScaledAlike(String trunk) throws IOException {
    try (TorchModule module = module(trunk, 0.5);
        TorchModule.Scope scope = module.scope()) {
      float[] gradients =
          module
              .callWithGradients("gradients", scope.floats(counted(), 1, 3, SIDE, SIDE))
              .singletonOrThrow()
              .toFloatArray();

      // Of the sum of the results' squares: 2 y dy/dx, where y is 2 x or 0.
      double[] zeros = new double[gradients.length];
      for (int i = 0; i < gradients.length; i++) {
        zeros[i] = gradients[i] == 0 ? 1 : 0;
        assertThat(gradients[i]).isIn(0f, 8 * COUNTED[i]);
      }
      requireMean(zeros, 0.5);
    }
  }

  private static void requireMean(double[] values, double expected) {
    double mean = Arrays.stream(values).average().orElseThrow();
    // Pairs that overlap vary a little more than independent ones.
    double deviation = Math.sqrt(expected * (1 - expected) / values.length);
    assertThat(mean).isCloseTo(expected, within(5 * deviation));
  }

  private TorchModule module(String trunk, double rate) throws IOException {
    Graph g = new Graph();
    g.features(g.dropout(g.input(), rate));
    Network network = g.build("dropout", 3, "none");
    String code =
        """
          def kept(self: __torch__.Network, x: Tensor) -> Tensor:
            return self.%1$s(x, %2$sFalse, )
          def dropped(self: __torch__.Network, x: Tensor) -> Tensor:
            return self.%1$s(x, %2$sTrue, )
          def gradients(self: __torch__.Network, x: Tensor) -> Tensor:
            y = torch.requires_grad_(torch.clone(x), True)
            results = self.%1$s(y, %2$sTrue, )
            squares = torch.sum(torch.mul(results, results))
            optional = torch.grad([squares], [y], None, None, False, False)
            gradient = optional[0]
            return torch.contiguous(unchecked_cast(Tensor, gradient))
        """
            .formatted(trunk, trunk.equals("trunk") ? "False, " : "");
    String fast = TorchScript.trunk(network, "fast", Numerics.SINGLE, norm -> false, name -> 0);
    Path archive = folder.resolve("dropout.pt");
    TorchScript.write(archive, network, Map.of(), new TorchScript.Methods(List.of(), fast + code));
    return Processor.start("cpu", 2, 42).load(archive);
  }

  private static float[] run(TorchModule module, String method) {
    try (TorchModule.Scope scope = module.scope()) {
      return module
          .call(method, scope.floats(counted(), 1, 3, SIDE, SIDE))
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  private static ByteBuffer counted() {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(COUNTED.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(COUNTED);
    return bytes;
  }
}
