package io.transferlearning.weights.format.onnx;

import io.transferlearning.problem.OnnxProblems;
import io.transferlearning.weights.Wiring.Window;
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
 * @param lists those that are whole numbers
 * @param padsItself whether it says by a word instead of numbers how it pads
 */
record OnnxNode(
    String operation,
    List<String> inputs,
    List<String> outputs,
    Map<String, Double> attributes,
    Map<String, List<Long>> lists,
    boolean padsItself) {
  private static final String AUTO_PAD = "auto_pad";
  private static final String NOT_SET = "NOTSET";

  static OnnxNode read(ProtoReader message) {
    List<String> inputs = new ArrayList<>(4);
    List<String> outputs = new ArrayList<>(1);
    Attributes attributes = new Attributes();
    String operation = "";
    while (message.next()) {
      switch (message.field()) {
        case 1 -> inputs.add(message.text());
        case 2 -> outputs.add(message.text());
        case 4 -> operation = message.text();
        case 5 -> attributes.read(message.message());
        default -> {
          // Names and documentation.
        }
      }
    }
    return new OnnxNode(
        operation, inputs, outputs, attributes.numbers, attributes.lists, attributes.padsItself);
  }

  private static final class Attributes {
    private final Map<String, Double> numbers = new HashMap<>();
    private final Map<String, List<Long>> lists = new HashMap<>();
    private boolean padsItself;

    void read(ProtoReader message) {
      String name = "";
      String word = NOT_SET;
      Double value = null;
      List<Long> list = new ArrayList<>();
      while (message.next()) {
        switch (message.field()) {
          case 1 -> name = message.text();
          case 2 -> value = (double) message.real();
          case 3 -> value = (double) message.number();
          case 4 -> word = message.text();
          case 8 -> message.numbers(list::add);
          default -> {
            // Tensors, graphs, and lists of others.
          }
        }
      }
      if (value != null) {
        numbers.put(name, value);
      }
      if (!list.isEmpty()) {
        lists.put(name, list);
      }
      padsItself |= name.equals(AUTO_PAD) && !word.equals(NOT_SET);
    }
  }

  /** A convolution's window; what is left out has ONNX's default. */
  Window window(boolean paddedBefore) {
    List<Long> padding = lists.getOrDefault("pads", List.of(0L, 0L, 0L, 0L));
    return new Window(
        lists.getOrDefault("strides", List.of(1L, 1L)),
        padsItself || paddedBefore ? List.of() : padding);
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
