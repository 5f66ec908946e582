package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.ClassWeights;
import io.transferlearning.data.transform.Mixture;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.Network;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mixing does to the images of a batch. */
class LossCodeTest {
  private static final int IMAGES = 3;
  private static final int SIZE = 4;
  private static final int ELEMENTS = 3 * SIZE * SIZE;

  private final Path folder;

  LossCodeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void nothingIsMixedWhereNothingIsToBe() throws IOException {
    assertThat(mixed(Mixture.NONE)).isEqualTo(images());
  }

  @Test
  void pixelsAreBlendedWithThoseOfTheImageBefore() throws IOException {
    float[] mixed = mixed(new Mixture.Blended(0.75));
    float[] images = images();
    for (int i = 0; i < mixed.length; i++) {
      float before = images[(i + 2 * ELEMENTS) % images.length];
      assertThat(mixed[i]).isEqualTo(0.75f * images[i] + 0.25f * before);
    }
  }

  @Test
  void aBoxComesFromTheImageBefore() throws IOException {
    float[] mixed = mixed(new Mixture.Pasted(0.75, 1, 2, 3, 4));
    float[] images = images();
    for (int i = 0; i < mixed.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE % SIZE;
      boolean inside = x >= 1 && x < 3 && y >= 2;
      assertThat(mixed[i]).isEqualTo(images[inside ? (i + 2 * ELEMENTS) % images.length : i]);
    }
  }

  /** Small whole numbers, each another, so that blending is exact. */
  private static float[] images() {
    float[] values = new float[IMAGES * ELEMENTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = 4 * i;
    }
    return values;
  }

  private float[] mixed(Mixture mixture) throws IOException {
    Network network = SmallTask.SQUEEZENET;
    Path archive = folder.resolve("module.pt");
    String code = LossCode.methods(ClassWeights.NONE, 0);
    TorchScript.write(
        archive, network, SmallTask.random(network, 1), new TorchScript.Methods(List.of(), code));
    try (TorchModule module = Processor.start("cpu", 2, 1).load(archive);
        TorchModule.Scope scope = module.scope()) {
      return module
          .call(
              "mixed",
              scope.floats(images(), IMAGES, 3, SIZE, SIZE),
              scope.doubles(mixture.numbers()))
          .singletonOrThrow()
          .toFloatArray();
    }
  }
}
