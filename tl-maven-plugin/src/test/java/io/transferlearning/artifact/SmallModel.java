package io.transferlearning.artifact;

import io.transferlearning.StripedImages;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.training.StartingWeights;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.source.EmbeddedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** SqueezeNet with ImageNet's trunk and a random head of three classes, for images of 64 pixels. */
final class SmallModel {
  static final Network NETWORK = Networks.of("squeezenet1_1", 3);
  static final Map<String, Tensor> TENSORS =
      StartingWeights.of(NETWORK, "pretrained", EmbeddedWeights.open("squeezenet1_1"), 1);
  static final ModelDescription DESCRIPTION =
      new ModelDescription(
          ModelDescription.SCHEMA,
          NETWORK.name(),
          StripedImages.CLASSES,
          Preprocessing.imagenet(64),
          Map.of("mode", "feature-extraction"));

  private SmallModel() {}

  /** Writes the model's folder. */
  static Path write(Path folder) throws IOException {
    ModelFolder.write(folder, NETWORK, TENSORS, DESCRIPTION);
    return folder;
  }
}
