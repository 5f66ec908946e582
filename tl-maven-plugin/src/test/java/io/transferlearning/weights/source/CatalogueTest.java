package io.transferlearning.weights.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void everyPublishedNetworkOfTheFiveFamiliesIsListed() {
    assertThat(Catalogue.models())
        .hasSize(25)
        .contains("resnet18", "alexnet", "vgg19_bn", "squeezenet1_0", "densenet201")
        .doesNotContain("resnet50_v1");
    assertThat(Catalogue.find("resnet50_v1")).isEmpty();
  }

  @Test
  void everyEntryIsWhole() {
    for (String model : Catalogue.models()) {
      PublishedWeights entry = Catalogue.find(model).orElseThrow();
      assertThat(entry.model()).isEqualTo(model);
      assertThat(entry.url().toString())
          .startsWith("https://download.pytorch.org/models/")
          .endsWith("-" + entry.sha256() + ".pth");
      assertThat(entry.sha256()).matches("[0-9a-f]{8}");
      assertThat(entry.licence()).contains("BSD-3-Clause", "ImageNet-1k", "responsibility");
      assertThat(entry.interpolation()).isEqualTo("bilinear");
      assertThat(entry.classes()).isEqualTo(1000);
    }
  }

  @Test
  void anEntryHoldsItsPreprocessing() {
    PublishedWeights entry = Catalogue.find("resnext101_64x4d").orElseThrow();
    assertThat(entry.url())
        .isEqualTo(URI.create("https://download.pytorch.org/models/resnext101_64x4d-173b62eb.pth"));
    assertThat(entry.inputSize()).isEqualTo(224);
    assertThat(entry.resize()).isEqualTo(232);
    assertThat(entry.mean()).isEqualTo(List.of(0.485f, 0.456f, 0.406f));
    assertThat(entry.deviation()).isEqualTo(List.of(0.229f, 0.224f, 0.225f));
    assertThat(Catalogue.find("resnet18").orElseThrow().resize()).isEqualTo(256);
  }
}
