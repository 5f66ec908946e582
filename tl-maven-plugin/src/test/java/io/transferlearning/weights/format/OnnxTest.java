package io.transferlearning.weights.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.transferlearning.network.Network;
import io.transferlearning.network.NetworkWiring;
import io.transferlearning.network.Networks;
import io.transferlearning.weights.MappedWeights;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.WeightMapping;
import io.transferlearning.weights.Wiring;
import io.transferlearning.weights.Wiring.Kind;
import io.transferlearning.weights.Wiring.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ONNX files are put where the network wants them, by name or by following the graph. */
class OnnxTest {
  private static final Path SHARED = Path.of("../../shared/weights");

  @Test
  void theModelZoosSqueezeNetIsTorchvisions() {
    Path onnx = SHARED.resolve("squeezenet1_1-7.onnx");
    assumeTrue(Files.exists(onnx), "no shared weights");
    Network network = Networks.of("squeezenet1_1", 1000);
    StateDict published = WeightFile.read(SHARED.resolve("squeezenet1_1.imagenet.safetensors"));

    StateDict read = WeightFile.read(onnx);
    MappedWeights mapped =
        WeightMapping.map(
            onnx.toString(),
            network.shapes(),
            network.headParameters(),
            NetworkWiring.of(network),
            read);

    assertThat(read.tensors().keySet()).contains("squeezenet0_conv0_weight").hasSize(52);
    assertThat(mapped.fresh()).isEmpty();
    assertThat(mapped.tensors()).isEqualTo(published.tensors());
  }

  @Test
  void aFoldedNormalisationAddsTheBiasAlone() {
    StateDict read = WeightFile.read(TorchFiles.committed().resolve("folded.onnx"));
    StateDict whole = WeightFile.read(TorchFiles.committed().resolve("scripted.pt"));
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    whole.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    String norm = "layer1.0.norm1";
    Wiring wiring =
        new Wiring(
            List.of(
                new Step(Kind.INPUT, List.of(), List.of()),
                new Step(Kind.CONVOLUTION, List.of("layer1.0.conv1.weight"), List.of(0)),
                new Step(
                    Kind.NORMALISATION,
                    List.of(
                        norm + ".weight",
                        norm + ".bias",
                        norm + ".running_mean",
                        norm + ".running_var"),
                    List.of(1)),
                new Step(Kind.LINEAR, List.of("fc.weight", "fc.bias"), List.of(2))));

    StateDict mapped =
        StateDict.of(WeightMapping.map("folded.onnx", shapes, Set.of(), wiring, read).tensors());

    assertThat(mapped.tensor("fc.weight")).isEqualTo(whole.tensor("fc.weight"));
    for (int channel = 0; channel < 3; channel++) {
      double scale = scale(whole, channel);
      double folded = scale(mapped, channel);
      int first = channel * 18;
      assertThat(mapped.tensor("layer1.0.conv1.weight").toFloats()[first] * folded)
          .isCloseTo(whole.tensor("layer1.0.conv1.weight").toFloats()[first] * scale, within(1e-3));
      assertThat(shift(mapped, channel)).isCloseTo(shift(whole, channel), within(1e-3));
    }
  }

  private static double scale(StateDict state, int channel) {
    return value(state, "weight", channel) / Math.sqrt(value(state, "running_var", channel) + 1e-5);
  }

  private static double shift(StateDict state, int channel) {
    return value(state, "bias", channel)
        - value(state, "running_mean", channel) * scale(state, channel);
  }

  private static float value(StateDict state, String name, int channel) {
    return state.tensor("layer1.0.norm1." + name).toFloats()[channel];
  }
}
