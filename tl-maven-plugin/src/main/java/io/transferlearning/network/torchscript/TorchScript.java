package io.transferlearning.network.torchscript;

import io.transferlearning.network.Network;
import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Writes TorchScript archives that libtorch 1.13 and later load: from Java in DJL, from Python and
 * from C++.
 */
public final class TorchScript {
  /**
   * The archive format's version; 10 is what torch 1.13 to 2.7 take without rewriting old
   * operators.
   */
  private static final String FORMAT_VERSION = "10\n";

  private static final String ROOT = "Network";

  private static final String SELF = "self: __torch__." + ROOT;

  private final Network network;
  private final List<String> names;
  private final Map<String, Tensor> tensors;
  private final Numerics.Layout layout;
  private final Methods extra;

  private TorchScript(
      Network network, Map<String, Tensor> tensors, Numerics.Layout layout, Methods extra) {
    this.network = network;
    this.names = List.copyOf(network.parameters().keySet());
    this.tensors = tensors;
    this.layout = layout;
    this.extra = extra;
  }

  /**
   * What a module has beside its network.
   *
   * @param tensorLists names of attributes that are lists of tensors, empty at first
   * @param code definitions of methods as TorchScript, indented by two spaces, with {@code self:
   *     __torch__.Network}
   */
  public record Methods(List<String> tensorLists, String code) {
    /** Only the network. */
    public static final Methods NONE = new Methods(List.of(), "");
  }

  /**
   * Writes a network with its weights.
   *
   * @param file where to; overwritten
   * @param tensors every parameter and buffer of the network, 32-bit floats (counters 64-bit
   *     integers)
   * @param extra further methods
   */
  public static void write(Path file, Network network, Map<String, Tensor> tensors, Methods extra)
      throws IOException {
    write(file, network, tensors, Numerics.Layout.CHANNELS_FIRST, extra);
  }

  /**
   * The same, with the convolutions' weights in an order of memory of choice. Where it is that of
   * the maps, neither they nor their gradients are brought from one order into the other at every
   * step.
   */
  public static void write(
      Path file,
      Network network,
      Map<String, Tensor> tensors,
      Numerics.Layout layout,
      Methods extra)
      throws IOException {
    new TorchScript(network, tensors, layout, extra).write(file);
  }

  /**
   * Writes a module that has methods alone.
   *
   * @param file where to; overwritten
   * @param name of the archive
   * @param code as in {@link Methods}
   */
  public static void write(Path file, String name, String code) throws IOException {
    Node input = new Node(0, "input", new Op.Input(1), List.of(), 1);
    Network holder = new Network(name, 1, List.of(input), Map.of(), 0, "");
    write(file, holder, Map.of(), new Methods(List.of(), code));
  }

  /**
   * A method {@code name(x: Tensor, drop: bool)} that computes a network's features as {@code
   * trunk} does, written for speed: see {@link TrunkCode}.
   *
   * @param batch which normalisations use and follow the batch, as in torch's training mode; asked
   *     by their names
   * @param stage of a parameter, asked by its name: gradients are asked of all parameters of a
   *     stage or of none, and what they need is computed together
   */
  public static String trunk(
      Network network,
      String name,
      Numerics numerics,
      Predicate<String> batch,
      ToIntFunction<String> stage) {
    return new TrunkCode(network, name, numerics, batch, stage).method(SELF);
  }

  /**
   * A method {@code name(x: Tensor)} that computes a network's features without gradients, in
   * evaluation mode, by oneDNN's kernels: see {@link OneDnnTrunkCode}. The module has a list of
   * tensors called {@code prepared}, which keeps the weights as the kernels take them; who changes
   * a parameter clears it.
   */
  public static String oneDnnTrunk(
      Network network, String name, Numerics numerics, String prepared) {
    return new OneDnnTrunkCode(network, numerics, prepared).method(SELF, name);
  }

  /**
   * A method {@code name(x: Tensor, drop: bool)} that computes a network's logits from features as
   * {@code head} does, with dropout written for speed: see {@link DropoutCode}.
   */
  public static String head(Network network, String name) {
    return new NetworkCode(network, SELF, DropoutCode.bits(name + "_dropped")).head(name);
  }

  /** How method code reaches the parameter or module of a dotted name. */
  public static String access(String path) {
    return Module.access(path);
  }

  private void write(Path file) throws IOException {
    Module root = Module.tree(ROOT, network.parameters().values());
    try (Archive archive = new Archive(file, network.name())) {
      Pickle data = new Pickle();
      object(data, root, true);
      archive.add("data.pkl", data.finish());
      StringBuilder code = new StringBuilder();
      declare(code, root);
      archive.add("code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
      archive.add("constants.pkl", new Pickle().emptyTuple().finish());
      for (String name : names) {
        archive.add("data/" + key(name), MemoryOrder.bytes(tensor(name), layout));
      }
      archive.add("version", FORMAT_VERSION.getBytes(StandardCharsets.UTF_8));
      archive.add("byteorder", "little".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void object(Pickle pickle, Module module, boolean root) {
    pickle.object("__torch__", module.className).beginDictionary();
    for (Module.Leaf leaf : module.leaves) {
      pickle.string(leaf.name());
      Tensor tensor = tensor(leaf.parameter().name());
      String storage = tensor.type() == DType.I64 ? "LongStorage" : "FloatStorage";
      pickle.tensor(storage, key(leaf.parameter().name()), tensor.shape(), layout);
    }
    pickle.string("training").bool(false);
    module.children.forEach(
        (name, child) -> {
          pickle.string(name);
          object(pickle, child, false);
        });
    if (root) {
      extra.tensorLists().forEach(name -> pickle.string(name).emptyTensorList());
    }
    pickle.endDictionary().build();
  }

  private void declare(StringBuilder code, Module root) {
    root.declare(code);
    extra.tensorLists().forEach(name -> Module.attribute(code, name, "List[Tensor]"));
    code.append(new NetworkCode(network, SELF, DropoutCode.TORCH).methods()).append(extra.code());
    root.children.values().forEach(child -> declareTree(code, child));
  }

  private static void declareTree(StringBuilder code, Module module) {
    module.declare(code);
    module.children.values().forEach(child -> declareTree(code, child));
  }

  /** The name of a parameter's entry in the archive: its number among all. */
  private String key(String parameter) {
    return Integer.toString(names.indexOf(parameter));
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null || !tensor.shape().equals(network.parameter(name).shape())) {
      throw new IllegalArgumentException(
          name
              + " of "
              + network.name()
              + " must be "
              + network.parameter(name).shape()
              + ", not "
              + (tensor == null ? "missing" : tensor.shape()));
    }
    if (tensor.type() != DType.F32 && tensor.type() != DType.I64) {
      throw new IllegalArgumentException(name + " must be F32 or I64, not " + tensor.type());
    }
    return tensor;
  }
}
