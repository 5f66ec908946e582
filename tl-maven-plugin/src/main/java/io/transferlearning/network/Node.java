package io.transferlearning.network;

import java.util.List;

/**
 * One step of a network: an operation on the results of earlier nodes.
 *
 * @param index position in {@link Network#nodes()}; inputs have smaller ones
 * @param name unique; for an operation with parameters the path of torchvision's module, e.g.
 *     {@code layer1.0.conv1}
 * @param op what is computed
 * @param inputs indices of the nodes whose results are used, in order
 * @param channels size of the result's second dimension, where it does not depend on the image's
 *     size
 */
public record Node(int index, String name, Op op, List<Integer> inputs, int channels) {
  public Node {
    inputs = List.copyOf(inputs);
  }
}
