package io.transferlearning.weights.format.onnx;

import io.transferlearning.problem.OnnxProblems;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.bytes.FileBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ONNX files: a protocol buffer message with a graph of operations and the tensors they use
 * ("initializers"). Weights in files beside it are not followed.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">the messages</a>
 */
public final class Onnx {
  /** ResNet-152 has 500. */
  private static final int MOST_NODES = 100_000;

  private static final int IR_VERSION = 1;
  private static final int GRAPH = 7;

  private final String file;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, OnnxTensor> initializers = new LinkedHashMap<>();
  private final Set<String> inputs = new HashSet<>();

  private Onnx(String file) {
    this.file = file;
  }

  /**
   * Whether a file can be one: it begins with the version of the format and has a graph.
   *
   * @param bytes of the file
   */
  public static boolean isOnnx(FileBytes bytes) {
    if (bytes.size() > Integer.MAX_VALUE) {
      return false; // Above the limit of protocol buffers.
    }
    try {
      ProtoReader model = new ProtoReader("", bytes.slice(0, bytes.size()));
      boolean version = model.next() && model.field() == IR_VERSION && model.number() > 0;
      boolean graph = false;
      while (version && !graph && model.next()) {
        graph = model.field() == GRAPH;
      }
      return graph;
    } catch (Problem damaged) {
      return false;
    }
  }

  /**
   * The tensors of a file, with how its layers feed each other. Weights of fully connected layers
   * are turned to (out, in).
   *
   * @param file its name, for messages
   * @throws Problem when the file is damaged, or its tensors are elsewhere
   */
  public static StateDict read(String file, FileBytes bytes) {
    return new Onnx(file).read(bytes.slice(0, bytes.size()));
  }

  private StateDict read(ByteBuffer bytes) {
    ProtoReader model = new ProtoReader(file, bytes);
    while (model.next()) {
      if (model.field() == GRAPH) {
        readGraph(model.message());
      }
    }
    return new OnnxGraph(file, nodes, initializers, inputs).stateDict();
  }

  private void readGraph(ProtoReader graph) {
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> addNode(graph.message());
        case 5 -> addInitializer(OnnxTensor.read(file, graph.message()));
        case 11 -> inputs.add(name(graph.message()));
        default -> {
          // Outputs, shapes of values, documentation.
        }
      }
    }
  }

  private void addNode(ProtoReader message) {
    if (nodes.size() == MOST_NODES) {
      throw OnnxProblems.tooManyNodes(file, MOST_NODES);
    }
    nodes.add(OnnxNode.read(message));
  }

  private void addInitializer(OnnxTensor tensor) {
    if (initializers.put(tensor.name(), tensor) != null) {
      throw OnnxProblems.nameTwice(file, tensor.name());
    }
  }

  /** The name of a ValueInfoProto. */
  private static String name(ProtoReader message) {
    String name = "";
    while (message.next()) {
      if (message.field() == 1) {
        name = message.text();
      }
    }
    return name;
  }
}
