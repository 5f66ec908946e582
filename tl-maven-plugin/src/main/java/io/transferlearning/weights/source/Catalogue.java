package io.transferlearning.weights.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the published ImageNet weights of the five families are. Names and hashes are those in the
 * sources of torchvision 0.14.
 */
public final class Catalogue {
  private static final Map<String, PublishedWeights> ENTRIES = new LinkedHashMap<>();

  static {
    add("resnet18", "f37072fd");
    add("resnet34", "b627a593");
    add("resnet50", "0676ba61");
    add("resnet101", "63fe2227");
    add("resnet152", "394f9c45");
    add("resnext50_32x4d", "7cdf4587");
    add("resnext101_32x8d", "8ba56ff5");
    add("resnext101_64x4d", "173b62eb");
    add("wide_resnet50_2", "95faca4d");
    add("wide_resnet101_2", "32ee1156");
    ENTRIES.put("alexnet", PublishedWeights.of("alexnet", "alexnet-owt", "7be5be79"));
    add("vgg11", "8a719046");
    add("vgg11_bn", "6002323d");
    add("vgg13", "19584684");
    add("vgg13_bn", "abd245e5");
    add("vgg16", "397923af");
    add("vgg16_bn", "6c64b313");
    add("vgg19", "dcbb9e9d");
    add("vgg19_bn", "c79401a0");
    add("squeezenet1_0", "b66bff10");
    add("squeezenet1_1", "b8a52dc0");
    add("densenet121", "a639ec97");
    add("densenet161", "8d451a50");
    add("densenet169", "b2777c0a");
    add("densenet201", "c1103571");
  }

  private Catalogue() {}

  /** The published weights of a network, by torchvision's name. */
  public static Optional<PublishedWeights> find(String model) {
    return Optional.ofNullable(ENTRIES.get(model));
  }

  /** The networks with published weights, family by family; unmodifiable. */
  public static Set<String> models() {
    return Collections.unmodifiableSet(ENTRIES.keySet());
  }

  private static void add(String model, String sha256Prefix) {
    ENTRIES.put(model, PublishedWeights.of(model, model, sha256Prefix));
  }
}
