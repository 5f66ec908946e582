package io.transferlearning.weights.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.Torchvision;
import io.transferlearning.engine.Logits;
import io.transferlearning.network.Network;
import io.transferlearning.network.NetworkWiring;
import io.transferlearning.network.Networks;
import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.weights.MappedWeights;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.WeightMapping;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code torch.onnx.export} makes of torchvision's networks is the same network here. */
class OnnxExportLiveTest {
  private static final int HEIGHT = 96;
  private static final int WIDTH = 128;
  private static final int BATCH = 2;

  private static Torchvision torchvision;

  @BeforeAll
  static void start() throws IOException {
    torchvision = Torchvision.startOrSkip("reading torch's exports to ONNX");
  }

  @AfterAll
  static void end() throws IOException {
    if (torchvision != null) {
      torchvision.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "fresh:resnet18",
        "alexnet",
        "vgg11_bn",
        "squeezenet1_1",
        "densenet121"
      })
  void anExportIsTheNetworkWithItsNamesAndWithout(String name, @TempDir Path folder)
      throws IOException {
    requireSameNetwork(name, folder);
  }

  static List<String> all() {
    return Networks.names().stream().filter(name -> Networks.resolve(name).equals(name)).toList();
  }

  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("all")
  void everyExportIsTheNetwork(String name, @TempDir Path folder) throws IOException {
    requireSameNetwork(name, folder);
  }

  private static void requireSameNetwork(String name, Path folder) throws IOException {
    Network network = Networks.of(name.replace("fresh:", ""), 1000);
    torchvision.ask(
        "exported",
        Map.of("name", name, "height", HEIGHT, "width", WIDTH, "folder", folder.toString()));
    Map<String, Tensor> state = WeightFile.read(folder.resolve("state.pth")).tensors();
    FloatBuffer expected = Torchvision.floats(folder.resolve("logits"));

    StateDict named = WeightFile.read(folder.resolve("named.onnx"));
    assertThat(withoutCounters(named.tensors())).isEqualTo(withoutCounters(state));
    assertThat(mapped(network, folder.resolve("named.onnx"))).isEqualTo(state);

    Map<String, Tensor> folded = mapped(network, folder.resolve("folded.onnx"));
    double difference = Logits.difference(logits(network, folded, folder), expected);
    System.out.printf(
        Locale.ROOT,
        "%s exported to ONNX: by its names the state_dict, folded a relative difference of logits"
            + " of %.1e%n",
        name,
        difference);
    assertThat(difference).as("logits of the folded export").isLessThan(1e-4);
  }

  private static Map<String, Tensor> mapped(Network network, Path file) {
    MappedWeights mapped =
        WeightMapping.map(
            file.toString(),
            network.shapes(),
            network.headParameters(),
            NetworkWiring.of(network),
            WeightFile.read(file));
    assertThat(mapped.fresh()).isEmpty();
    return mapped.tensors();
  }

  /** ONNX has no counters of batches: inference needs none. */
  private static Map<String, Tensor> withoutCounters(Map<String, Tensor> tensors) {
    Map<String, Tensor> others = new LinkedHashMap<>(tensors);
    others.keySet().removeIf(name -> name.endsWith(".num_batches_tracked"));
    return others;
  }

  private static float[] logits(Network network, Map<String, Tensor> weights, Path folder)
      throws IOException {
    Path archive = folder.resolve("ours.pt");
    TorchScript.write(archive, network, weights, TorchScript.Methods.NONE);
    return Logits.of(archive, BATCH, HEIGHT, WIDTH);
  }
}
