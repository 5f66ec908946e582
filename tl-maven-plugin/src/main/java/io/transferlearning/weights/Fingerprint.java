package io.transferlearning.weights;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Guesses from names and shapes which of torchvision's networks a file of weights belongs to, to
 * help a user who has taken the wrong one. Only ever part of an advice.
 */
final class Fingerprint {
  private static final Pattern RESNET_BLOCK = Pattern.compile("layer3\\.\\d+\\.conv1\\.weight");
  private static final Pattern DENSE_LAYER =
      Pattern.compile("features\\.denseblock3\\.denselayer\\d+\\.norm1\\.weight");
  private static final Pattern VGG_LAYER = Pattern.compile("features\\.\\d+\\.weight");

  /**
   * Blocks of the third stage, whether they are bottlenecks, and the shape of a 3x3 convolution.
   */
  private static final Map<String, String> RESNETS =
      Map.of(
          "2 basic [64, 64, 3, 3]", "resnet18",
          "6 basic [64, 64, 3, 3]", "resnet34",
          "6 bottleneck [64, 64, 3, 3]", "resnet50",
          "23 bottleneck [64, 64, 3, 3]", "resnet101",
          "36 bottleneck [64, 64, 3, 3]", "resnet152",
          "6 bottleneck [128, 128, 3, 3]", "wide_resnet50_2",
          "23 bottleneck [128, 128, 3, 3]", "wide_resnet101_2",
          "6 bottleneck [128, 4, 3, 3]", "resnext50_32x4d",
          "23 bottleneck [256, 8, 3, 3]", "resnext101_32x8d",
          "23 bottleneck [256, 4, 3, 3]", "resnext101_64x4d");

  /** Dense layers of the third block. */
  private static final Map<Long, String> DENSENETS =
      Map.of(24L, "densenet121", 36L, "densenet161", 32L, "densenet169", 48L, "densenet201");

  /** Convolutions. */
  private static final Map<Long, String> VGGS =
      Map.of(8L, "vgg11", 10L, "vgg13", 13L, "vgg16", 16L, "vgg19");

  /** The shape of the first convolution, where it alone tells the network. */
  private static final Map<List<Long>, String> FIRST_LAYERS =
      Map.of(List.of(64L, 3L, 11L, 11L), "alexnet", List.of(96L, 3L, 7L, 7L), "squeezenet1_0");

  private final Map<String, Tensor> tensors;

  private Fingerprint(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  /**
   * The network's torchvision name, or empty where the tensors look like none of the five families.
   */
  static Optional<String> of(StateDict state) {
    return new Fingerprint(state.tensors()).name();
  }

  private Optional<String> name() {
    if (has("layer1.0.conv2.weight")) {
      String block = has("layer1.0.conv3.weight") ? "bottleneck" : "basic";
      List<Long> shape = shape("layer1.0.conv2.weight");
      return Optional.ofNullable(RESNETS.get(count(RESNET_BLOCK) + " " + block + " " + shape));
    }
    if (has("features.denseblock3.denselayer1.norm1.weight")) {
      return Optional.ofNullable(DENSENETS.get(count(DENSE_LAYER)));
    }
    if (has("features.3.squeeze.weight") && has("features.6.squeeze.weight")) {
      return Optional.of("squeezenet1_1");
    }
    if (has("classifier.6.weight") && shape("features.0.weight").equals(List.of(64L, 3L, 3L, 3L))) {
      return vgg();
    }
    return Optional.ofNullable(FIRST_LAYERS.get(shape("features.0.weight")));
  }

  private Optional<String> vgg() {
    long convolutions =
        tensors.entrySet().stream()
            .filter(entry -> VGG_LAYER.matcher(entry.getKey()).matches())
            .filter(entry -> entry.getValue().shape().size() == 4)
            .count();
    String normalised = has("features.1.running_mean") ? "_bn" : "";
    return Optional.ofNullable(VGGS.get(convolutions)).map(name -> name + normalised);
  }

  private boolean has(String name) {
    return tensors.containsKey(name);
  }

  private List<Long> shape(String name) {
    Tensor tensor = tensors.get(name);
    return tensor == null ? List.of() : tensor.shape();
  }

  private long count(Pattern names) {
    return tensors.keySet().stream().filter(name -> names.matcher(name).matches()).count();
  }
}
