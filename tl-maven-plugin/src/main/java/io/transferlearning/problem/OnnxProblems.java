package io.transferlearning.problem;

import static io.transferlearning.problem.FormatProblems.notUsable;
import static io.transferlearning.problem.WeightProblems.quoted;

import java.util.List;
import java.util.Optional;

/** What can be wrong with an ONNX file. */
public final class OnnxProblems {
  private static final String EXPORT =
      "Export the network again from torchvision with torch.onnx.export, or give its state_dict.";

  private OnnxProblems() {}

  /** The protocol buffer messages break off or make no sense. */
  public static Problem damaged(String file) {
    return FormatProblems.damaged(file, "its ONNX messages are broken");
  }

  /** Two tensors of one name. */
  public static Problem nameTwice(String file, String name) {
    return FormatProblems.damaged(file, "the name " + quoted(name) + " stands twice");
  }

  /** More operations than any network has. */
  public static Problem tooManyNodes(String file, int most) {
    return FormatProblems.damaged(file, "its graph has more than " + most + " nodes");
  }

  /** A graph without weights. */
  public static Problem noTensors(String file) {
    return notUsable(file, "its graph has no tensors (initializers)", EXPORT);
  }

  /** Weights in a file beside the file. */
  public static Problem externalData(String file, String name) {
    return notUsable(
        file,
        inTensor(name) + "its numbers are in another file (external data), which is not read",
        "Save the model in one file: onnx.save(onnx.load('FILE'), 'NEW',"
            + " save_as_external_data=False).");
  }

  /** A tensor in parts. */
  public static Problem segment(String file) {
    return notUsable(file, "it holds a tensor in segments", EXPORT);
  }

  /** An element type that weights do not have here. */
  public static Problem type(String file, String name, long type) {
    return notUsable(
        file,
        inTensor(name)
            + "its data_type is "
            + type
            + "; legal are 1 (FLOAT), 10 (FLOAT16), 11 (DOUBLE), 16 (BFLOAT16), and for counters 2"
            + " (UINT8) and 7 (INT64)",
        EXPORT);
  }

  /** More dimensions than there can be. */
  public static Problem dimensions(String file, String name, int most) {
    return FormatProblems.damaged(file, inTensor(name) + "it has more than " + most + " sizes");
  }

  /** A size below zero. */
  public static Problem negative(String file, String name, List<Long> shape) {
    return FormatProblems.damaged(file, inTensor(name) + "its shape is " + shape + ", below zero");
  }

  /** Shape and content contradict each other. */
  public static Problem size(String file, String name, String type, List<Long> shape, long found) {
    return FormatProblems.damaged(
        file,
        inTensor(name)
            + type
            + " of shape "
            + shape
            + " does not take the "
            + found
            + " bytes that it has");
  }

  /** A fully connected layer that is more than a weight and a bias. */
  public static Problem scaledGemm(String file, String node) {
    return notUsable(
        file, "its Gemm " + quoted(node) + " has transA, or alpha or beta other than 1", EXPORT);
  }

  /** A normalisation with another constant. */
  public static Problem epsilon(String file, String node, double found, double expected) {
    return notUsable(
        file,
        "its BatchNormalization "
            + quoted(node)
            + " has the epsilon "
            + found
            + "; legal is "
            + expected,
        EXPORT);
  }

  /** A layer that the network does not have at this place. */
  public static Problem noSuchLayer(
      String file, String layer, String shape, Optional<String> looksLike) {
    String other = "Check that it is the configured model. " + EXPORT;
    return notUsable(
        file,
        "its names are not the network's, and by order and shape its layer "
            + quoted(layer)
            + " of shape "
            + shape
            + " has no counterpart in the network",
        looksLike.map(name -> WeightProblems.looksLike(name) + other).orElse(other));
  }

  /** A convolution that goes over its input in another way than the network's. */
  public static Problem window(
      String file, String layer, List<List<Long>> found, List<List<Long>> expected) {
    return notUsable(
        file,
        "its layer %s has the strides %s and the padding %s; the network's has %s and %s"
            .formatted(quoted(layer), found.get(0), found.get(1), expected.get(0), expected.get(1)),
        "Check that it is the configured model: resnet50_v1 is the ResNet-50 whose stride is in"
            + " the first convolution of a block (-Dmodel=resnet50_v1). "
            + EXPORT);
  }

  /** A layer that could be several of the network's. */
  public static Problem ambiguousLayer(String file, String layer, List<String> candidates) {
    return notUsable(
        file,
        "its names are not the network's, and by order and shape its layer "
            + quoted(layer)
            + " could be any of "
            + candidates,
        EXPORT);
  }

  private static String inTensor(String name) {
    return "tensor " + quoted(name) + ": ";
  }
}
