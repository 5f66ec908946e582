package io.transferlearning.weights.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.weights.Golden;
import io.transferlearning.weights.MappedWeights;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.WeightMapping;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddedWeightsTest {
  @Test
  void theyAreThePublishedFileAndFitTheNetwork() throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(EmbeddedWeights.bytes());
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(EmbeddedWeights.SHA256);

    StateDict state = EmbeddedWeights.open("squeezenet1_1").orElseThrow();
    assertThat(state.architecture()).contains("squeezenet1_1");
    MappedWeights mapped =
        WeightMapping.map("embedded", Golden.shapes("squeezenet1_1"), Set.of(), state);
    assertThat(mapped.tensors().values().stream().mapToLong(Tensor::elements).sum())
        .isEqualTo(1_235_496);
    assertThat(EmbeddedWeights.open("resnet18")).isEmpty();
  }
}
