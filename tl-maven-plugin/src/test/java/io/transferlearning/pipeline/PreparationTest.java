package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.Preprocessing;
import org.junit.jupiter.api.Test;

/** Images are prepared as the published weights want them. */
class PreparationTest {
  @Test
  void mostNetworksTakeTheClassicOne() {
    assertThat(Preparation.of("resnet18", 224)).isEqualTo(Preprocessing.imagenet(224));
    assertThat(Preparation.of("densenet201", 64)).isEqualTo(Preprocessing.imagenet(64));
  }

  @Test
  void aNetworkTrainedOtherwiseTakesItsOwn() {
    // torchvision 0.14: ResNeXt101_64X4D_Weights has resize_size=232 and crop_size=224.
    Preprocessing own = Preparation.of("resnext101_64x4d", 224);
    assertThat(own.resize()).isEqualTo(232);
    assertThat(own.crop()).isEqualTo(224);
    assertThat(own.mean()).isEqualTo(Preprocessing.IMAGENET_MEAN);
    assertThat(own.deviation()).isEqualTo(Preprocessing.IMAGENET_DEVIATION);
    assertThat(Preparation.of("resnext101_64x4d", 112).resize()).isEqualTo(116);
  }

  @Test
  void aNetworkThatNobodyPublishedTakesTheClassicOne() {
    assertThat(Preparation.of("resnet50_v1", 96)).isEqualTo(Preprocessing.imagenet(96));
  }
}
