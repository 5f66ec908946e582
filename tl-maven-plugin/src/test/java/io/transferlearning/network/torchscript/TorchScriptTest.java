package io.transferlearning.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.network.GoldenNetwork;
import io.transferlearning.network.Network;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptTest {
  private final Path folder;
  private final GoldenNetwork golden = GoldenNetwork.of("squeezenet1_1");
  private final Network network = golden.network();

  TorchScriptTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theSameWeightsGiveTheSameBytes() throws IOException {
    assertThat(write("a.pt", golden.weights()))
        .hasSameBinaryContentAs(write("b.pt", golden.weights()));
  }

  @Test
  void theArchiveHoldsStructureCodeAndEveryTensorInOrder() throws IOException {
    try (ZipFile zip = new ZipFile(write("a.pt", golden.weights()).toFile())) {
      List<String> names = zip.stream().map(ZipEntry::getName).toList();

      assertThat(names)
          .startsWith("squeezenet1_1/data.pkl", "squeezenet1_1/code/__torch__.py")
          .hasSize(5 + network.parameters().size());
      assertThat(zip.getInputStream(zip.getEntry("squeezenet1_1/data/0")).readAllBytes())
          .hasSize(64 * 3 * 3 * 3 * Float.BYTES);
    }
  }

  @Test
  void aMissingTensorIsNamed() {
    Map<String, Tensor> weights = new HashMap<>(golden.weights());
    weights.remove("classifier.1.bias");

    assertThatThrownBy(() -> write("a.pt", weights))
        .hasMessage("classifier.1.bias of squeezenet1_1 must be [1000], not missing");
  }

  @Test
  void aTensorOfAnotherShapeIsNamed() {
    Map<String, Tensor> weights = new HashMap<>(golden.weights());
    weights.put("classifier.1.bias", Tensor.of(new float[2], 2));

    assertThatThrownBy(() -> write("a.pt", weights))
        .hasMessage("classifier.1.bias of squeezenet1_1 must be [1000], not [2]");
  }

  private Path write(String name, Map<String, Tensor> weights) throws IOException {
    Path file = folder.resolve(name);
    TorchScript.write(file, network, weights, TorchScript.Methods.NONE);
    assertThat(Files.size(file)).isPositive();
    return file;
  }
}
