package io.transferlearning.network;

import io.transferlearning.network.ResNet.Form;
import io.transferlearning.problem.NetworkProblems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/** The networks there are, by torchvision's names, and the families that stand for one of them. */
public final class Networks {
  /** What one name stands for. */
  private record Member(String family, IntFunction<Network> build) {}

  private static final Map<String, Member> KNOWN = new LinkedHashMap<>();

  /**
   * A family's name means the member that the "Finetuning Torchvision Models" tutorial would take,
   * or its successor.
   */
  private static final Map<String, String> FAMILIES =
      Map.of(
          "resnet", "resnet18",
          "alexnet", "alexnet",
          "vgg", "vgg11_bn",
          "squeezenet", "squeezenet1_1",
          "densenet", "densenet121");

  static {
    resnet("resnet18", Form.basic(2, 2, 2, 2));
    resnet("resnet34", Form.basic(3, 4, 6, 3));
    resnet("resnet50", Form.bottleneck(3, 4, 6, 3));
    resnet("resnet50_v1", Form.bottleneck(3, 4, 6, 3).strideInTheFirst1x1());
    resnet("resnet101", Form.bottleneck(3, 4, 23, 3));
    resnet("resnet152", Form.bottleneck(3, 8, 36, 3));
    resnet("resnext50_32x4d", Form.bottleneck(3, 4, 6, 3).grouped(32, 4));
    resnet("resnext101_32x8d", Form.bottleneck(3, 4, 23, 3).grouped(32, 8));
    resnet("resnext101_64x4d", Form.bottleneck(3, 4, 23, 3).grouped(64, 4));
    resnet("wide_resnet50_2", Form.bottleneck(3, 4, 6, 3).wide(2));
    resnet("wide_resnet101_2", Form.bottleneck(3, 4, 23, 3).wide(2));
    add("alexnet", "alexnet", classes -> AlexNet.of("alexnet", classes));
    vgg("vgg11", Vgg.Form.plain(1, 1, 2, 2, 2));
    vgg("vgg13", Vgg.Form.plain(2, 2, 2, 2, 2));
    vgg("vgg16", Vgg.Form.plain(2, 2, 3, 3, 3));
    vgg("vgg19", Vgg.Form.plain(2, 2, 4, 4, 4));
    add("squeezenet1_0", "squeezenet", SqueezeNet::version10);
    add("squeezenet1_1", "squeezenet", SqueezeNet::version11);
    densenet("densenet121", DenseNet.Form.of(32, 64, 6, 12, 24, 16));
    densenet("densenet161", DenseNet.Form.of(48, 96, 6, 12, 36, 24));
    densenet("densenet169", DenseNet.Form.of(32, 64, 6, 12, 32, 32));
    densenet("densenet201", DenseNet.Form.of(32, 64, 6, 12, 48, 32));
  }

  private Networks() {}

  /**
   * The network of a name.
   *
   * @param name torchvision's name or a family's, e.g. {@code resnet18} or {@code resnet}
   * @param classes number of outputs, at least 2
   * @throws io.transferlearning.problem.Problem for an unknown name; lists the known ones
   */
  public static Network of(String name, int classes) {
    return member(name).build().apply(classes);
  }

  /** Whether a name is a network's own: not a family's, nor one that we do not know. */
  public static boolean isNetwork(String name) {
    return KNOWN.containsKey(name);
  }

  /** The full name for a family's or a network's name. */
  public static String resolve(String name) {
    String full = FAMILIES.getOrDefault(name, name);
    if (!KNOWN.containsKey(full)) {
      throw NetworkProblems.unknownModel(name, names());
    }
    return full;
  }

  /**
   * The family that a name belongs to, the word that users write and that plots are named by: for
   * {@code wide_resnet50_2} it is {@code resnet}.
   */
  public static String family(String name) {
    return member(name).family();
  }

  /** Every name that is understood: families first, then the networks. */
  public static List<String> names() {
    return java.util.stream.Stream.concat(
            FAMILIES.keySet().stream().sorted(), KNOWN.keySet().stream())
        .distinct()
        .toList();
  }

  private static Member member(String name) {
    return Objects.requireNonNull(KNOWN.get(resolve(name)));
  }

  private static void resnet(String name, Form form) {
    add(name, "resnet", classes -> ResNet.of(name, form, classes));
  }

  /** A VGG and its twin with batch normalisation. */
  private static void vgg(String name, Vgg.Form form) {
    add(name, "vgg", classes -> Vgg.of(name, form, classes));
    String twin = name + "_bn";
    add(twin, "vgg", classes -> Vgg.of(twin, form.withBatchNorm(), classes));
  }

  private static void densenet(String name, DenseNet.Form form) {
    add(name, "densenet", classes -> DenseNet.of(name, form, classes));
  }

  private static void add(String name, String family, IntFunction<Network> build) {
    KNOWN.put(name, new Member(family, build));
  }
}
