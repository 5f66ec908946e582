package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.weights.source.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, order and shapes of every parameter and buffer are torchvision's. */
class NetworkNamesTest {
  static Stream<GoldenNetwork> all() {
    return GoldenNetwork.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasTorchvisionsTensorsInItsOrder(GoldenNetwork golden) {
    Network network = golden.network();

    if (!golden.shapes().isEmpty()) {
      assertThat(network.shapes()).containsExactlyEntriesOf(golden.shapes());
    }
    assertThat(GoldenNetwork.digest(network)).isEqualTo(golden.digest());
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasTorchvisionsNumberOfParameters(GoldenNetwork golden) {
    assertThat(golden.network().trainableElements()).isEqualTo(golden.parameters());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theHeadIsTheLastLayerAndTakesTheClassesAskedFor(GoldenNetwork golden) {
    Network network = Networks.of(golden.name(), 7);

    List<String> names = new ArrayList<>(network.parameters().keySet());
    String weight = network.head() + ".weight";
    String bias = network.head() + ".bias";
    assertThat(names).endsWith(weight, bias);
    assertThat(network.headParameters()).containsExactlyInAnyOrder(weight, bias);
    assertThat(network.parameter(weight).shape().get(0)).isEqualTo(7);
    assertThat(network.parameter(bias).shape()).containsExactly(7L);
    assertThat(network.newHead()).isInstanceOf(Initial.Uniform.class);
  }

  @Test
  void everyNetworkHasGoldenValuesAndPublishedWeights() {
    List<String> golden = GoldenNetwork.all().map(GoldenNetwork::name).toList();
    List<String> families = List.of("densenet", "resnet", "squeezenet", "vgg");

    assertThat(Networks.names())
        .filteredOn(name -> !families.contains(name))
        .containsExactlyInAnyOrderElementsOf(golden)
        .containsAll(Catalogue.models());
  }
}
