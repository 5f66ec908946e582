package io.transferlearning.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network as data: nodes in an order in which they can be computed, and the parameters they own.
 * Everything else (shapes, costs, TorchScript) is read off this.
 *
 * @param name torchvision's name, e.g. {@code resnet18}
 * @param classes number of outputs
 * @param nodes the first is the input, the last gives the logits of (N, classes)
 * @param parameters by torchvision's name, in the order of its state_dict
 * @param trunkEnd index of the node whose result are the features: nodes up to it are the trunk,
 *     later ones the head
 * @param head path of the module that transfer learning replaces, e.g. {@code fc}
 */
public record Network(
    String name,
    int classes,
    List<Node> nodes,
    Map<String, Parameter> parameters,
    int trunkEnd,
    String head) {

  public Network {
    nodes = List.copyOf(nodes);
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** The nodes that compute the features from the image, the input node first. */
  public List<Node> trunk() {
    return nodes.subList(0, trunkEnd + 1);
  }

  /** The nodes that compute the logits from the features. */
  public List<Node> headNodes() {
    return nodes.subList(trunkEnd + 1, nodes.size());
  }

  /** The nodes that use the result of a node, in their order. */
  public List<Node> consumers(Node node) {
    return nodes.subList(node.index() + 1, nodes.size()).stream()
        .filter(other -> other.inputs().contains(node.index()))
        .toList();
  }

  /** The node whose result is the first input of a node. */
  public Node producer(Node node) {
    return nodes.get(node.inputs().get(0));
  }

  /** Names of the parameters of the layer that transfer learning replaces. */
  public Set<String> headParameters() {
    return parameters.keySet().stream()
        .filter(parameter -> parameter.startsWith(head + "."))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * How the weight and the bias of a head start that replaces a published one: as those of a new
   * layer of torch, which is what transfer learning puts in its place. A network that starts
   * without weights follows its family's rule instead ({@link Parameter#initial()}): SqueezeNet's
   * and VGG's last layers are normal there.
   */
  public Initial newHead() {
    Parameter weight = parameter(head + ".weight");
    return Initial.torchDefault(weight.elements() / weight.shape().get(0));
  }

  /** Shapes of all parameters and buffers, by name, in order. */
  public Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    parameters.forEach((parameter, value) -> shapes.put(parameter, value.shape()));
    return shapes;
  }

  /** The parameter of a name that this network has. */
  public Parameter parameter(String parameter) {
    return Objects.requireNonNull(parameters.get(parameter), parameter);
  }

  /** Number of elements that training can change; torch's count of parameters, without buffers. */
  public long trainableElements() {
    return parameters.values().stream()
        .filter(parameter -> parameter.role().trained())
        .mapToLong(Parameter::elements)
        .sum();
  }
}
