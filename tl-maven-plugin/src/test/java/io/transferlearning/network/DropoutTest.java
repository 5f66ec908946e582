package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout is torch.nn.Dropout's: a share of the elements is zero, the others make up for it. */
class DropoutTest {
  private static final double RATE = 0.3;
  private static final int SIDE = 200;

  private final Path folder;

  DropoutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void dropsAtItsRateAndScalesTheRestInTrainingAlone() throws IOException {
    Graph g = new Graph();
    g.features(g.dropout(g.input(), RATE));
    String code =
        """
          def dropped(self: __torch__.Network, x: Tensor) -> Tensor:
            return self.trunk(x, False, True, )
        """;
    Path archive = folder.resolve("dropout.pt");
    TorchScript.write(
        archive, g.build("dropout", 3, "none"), Map.of(), new TorchScript.Methods(List.of(), code));
    try (TorchModule module = Processor.start("cpu", 2, 42).load(archive)) {
      assertThat(run(module, "forward")).containsOnly(1f);

      float[] dropped = run(module, "dropped");
      int zeros = 0;
      for (float value : dropped) {
        zeros += value == 0 ? 1 : 0;
        assertThat(value).isIn(0f, (float) (1 / (1 - RATE)));
      }
      double deviation = Math.sqrt(RATE * (1 - RATE) / dropped.length);
      assertThat(zeros / (double) dropped.length).isCloseTo(RATE, within(4 * deviation));
    }
  }

  private static float[] run(TorchModule module, String method) {
    ByteBuffer ones =
        ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES).order(ByteOrder.nativeOrder());
    while (ones.hasRemaining()) {
      ones.putFloat(1);
    }
    try (TorchModule.Scope scope = module.scope()) {
      return module
          .call(method, scope.floats(ones.flip(), 1, 3, SIDE, SIDE))
          .singletonOrThrow()
          .toFloatArray();
    }
  }
}
