package io.transferlearning.weights.format.onnx;

import io.transferlearning.problem.OnnxProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A NodeProto: one operation of a graph.
 *
 * @param operation its type, e.g. {@code Conv}
 * @param inputs names of values, an empty one where an optional input is left out
 * @param outputs names of values
 * @param attributes those that are one number
 */
record OnnxNode(
    String operation, List<String> inputs, List<String> outputs, Map<String, Double> attributes) {

  static OnnxNode read(ProtoReader message) {
    List<String> inputs = new ArrayList<>(4);
    List<String> outputs = new ArrayList<>(1);
    Map<String, Double> attributes = new HashMap<>();
    String operation = "";
    while (message.next()) {
      switch (message.field()) {
        case 1 -> inputs.add(message.text());
        case 2 -> outputs.add(message.text());
        case 4 -> operation = message.text();
        case 5 -> readAttribute(message.message(), attributes);
        default -> {
          // Names and documentation.
        }
      }
    }
    return new OnnxNode(operation, inputs, outputs, attributes);
  }

  private static void readAttribute(ProtoReader message, Map<String, Double> attributes) {
    String name = "";
    Double value = null;
    while (message.next()) {
      switch (message.field()) {
        case 1 -> name = message.text();
        case 2 -> value = (double) message.real();
        case 3 -> value = (double) message.number();
        default -> {
          // Lists, strings and tensors.
        }
      }
    }
    if (value != null) {
      attributes.put(name, value);
    }
  }

  /** An attribute, or its default. */
  double attribute(String name, double otherwise) {
    return attributes.getOrDefault(name, otherwise);
  }

  /** The name of an input, empty where it is left out. */
  String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  /** Refuses a fully connected layer that is more than a weight and a bias. */
  void requirePlainGemm(String file) {
    if (attribute("transA", 0) != 0 || attribute("alpha", 1) != 1 || attribute("beta", 1) != 1) {
      throw OnnxProblems.scaledGemm(file, String.join(", ", outputs));
    }
  }

  /** Refuses a normalisation that adds something else to the variance than all our networks do. */
  void requireEpsilon(String file, double epsilon) {
    double own = attribute("epsilon", epsilon);
    if (!(Math.abs(own - epsilon) < epsilon / 100)) {
      throw OnnxProblems.epsilon(file, String.join(", ", outputs), own, epsilon);
    }
  }
}
