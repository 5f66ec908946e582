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
  private static final Map<String, IntFunction<Network>> KNOWN = new LinkedHashMap<>();

  /**
   * A family's name means the member that the "Finetuning Torchvision Models" tutorial would take,
   * or its successor.
   */
  private static final Map<String, String> FAMILIES =
      Map.of("resnet", "resnet18", "squeezenet", "squeezenet1_1");

  static {
    KNOWN.put("squeezenet1_0", SqueezeNet::version10);
    KNOWN.put("squeezenet1_1", SqueezeNet::version11);
    resnet("resnet18", Form.basic(2, 2, 2, 2));
    resnet("resnet34", Form.basic(3, 4, 6, 3));
    resnet("resnet50", Form.bottleneck(3, 4, 6, 3));
    resnet("resnet50_v1", Form.bottleneck(3, 4, 6, 3).strideInTheFirst1x1());
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
    return Objects.requireNonNull(KNOWN.get(resolve(name))).apply(classes);
  }

  /** The full name for a family's or a network's name. */
  public static String resolve(String name) {
    String full = FAMILIES.getOrDefault(name, name);
    if (!KNOWN.containsKey(full)) {
      throw NetworkProblems.unknownModel(name, names());
    }
    return full;
  }

  /** The family of a full name: the word that users write and that plots are named by. */
  public static String family(String name) {
    return resolve(name).replaceAll("\\d.*", "");
  }

  /** Every name that is understood: families first, then the networks. */
  public static List<String> names() {
    return java.util.stream.Stream.concat(
            FAMILIES.keySet().stream().sorted(), KNOWN.keySet().stream())
        .toList();
  }

  private static void resnet(String name, Form form) {
    KNOWN.put(name, classes -> ResNet.of(name, form, classes));
  }
}
