package io.transferlearning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "resnet, resnet18",
    "alexnet, alexnet",
    "vgg, vgg11_bn",
    "squeezenet, squeezenet1_1",
    "densenet, densenet121"
  })
  void aFamilyStandsForOneOfItsMembers(String family, String member) {
    assertThat(Networks.resolve(family)).isEqualTo(member);
    assertThat(Networks.of(family, 2).name()).isEqualTo(member);
    assertThat(Networks.family(family)).isEqualTo(family);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet152, resnet",
    "resnet50_v1, resnet",
    "wide_resnet50_2, resnet",
    "resnext101_64x4d, resnet",
    "vgg19_bn, vgg",
    "squeezenet1_0, squeezenet",
    "densenet201, densenet"
  })
  void everyNetworkBelongsToAFamily(String name, String family) {
    assertThat(Networks.family(name)).isEqualTo(family);
    assertThat(Networks.of(name, 2).name()).isEqualTo(name);
  }

  @Test
  void namesAreFamiliesThenNetworksWithoutDuplicates() {
    assertThat(Networks.names())
        .doesNotHaveDuplicates()
        .startsWith("alexnet", "densenet", "resnet", "squeezenet", "vgg", "resnet18");
  }

  @Test
  void anUnknownNameListsTheKnownOnesAndSuggestsTheNearest() {
    assertThatThrownBy(() -> Networks.of("resnet19", 2))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "unknown model 'resnet19'. Known models: alexnet, densenet, resnet, squeezenet, vgg,"
                + " resnet18, resnet34, resnet50, resnet50_v1, resnet101, resnet152,"
                + " resnext50_32x4d, resnext101_32x8d, resnext101_64x4d, wide_resnet50_2,"
                + " wide_resnet101_2, vgg11, vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn, vgg19,"
                + " vgg19_bn, squeezenet1_0, squeezenet1_1, densenet121, densenet161, densenet169,"
                + " densenet201"
                + System.lineSeparator()
                + "  -> did you mean 'resnet18'? set -Dmodel or <model> to one of the known names");
  }
}
