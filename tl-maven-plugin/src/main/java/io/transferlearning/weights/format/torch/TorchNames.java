package io.transferlearning.weights.format.torch;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import io.transferlearning.weights.format.pickle.Rules;
import io.transferlearning.weights.format.pickle.Value;
import io.transferlearning.weights.format.pickle.Value.Dictionary;
import io.transferlearning.weights.format.pickle.Value.Global;
import io.transferlearning.weights.format.pickle.Value.Instance;
import io.transferlearning.weights.format.pickle.Value.None;
import io.transferlearning.weights.format.pickle.Value.Sequence;
import io.transferlearning.weights.format.pickle.Value.Text;
import io.transferlearning.weights.format.pickle.Value.Whole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that a file of PyTorch's may mention, and what is made of them here. Tensors and
 * storages become descriptions; the rest is passed over. No name leads to anything that runs.
 */
final class TorchNames implements Rules {
  /** What the classes of a TorchScript archive's own code are called. */
  private static final String SCRIPT = "__torch__";

  private static final Set<String> TENSORS =
      Set.of(
          "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state");

  private static final Set<String> CONTAINERS =
      Set.of(
          "collections.OrderedDict",
          "collections.defaultdict",
          "collections.Counter",
          "builtins.dict",
          "builtins.list",
          "builtins.set",
          "builtins.frozenset",
          "__builtin__.dict",
          "__builtin__.list",
          "__builtin__.set",
          "__builtin__.frozenset",
          "torch.Size",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag");

  /** Things beside the tensors in the checkpoints of common training scripts. */
  private static final Set<String> PASSED_OVER =
      Set.of(
          "argparse.Namespace",
          "_codecs.encode",
          "numpy.dtype",
          "numpy.ndarray",
          "numpy.core.multiarray.scalar",
          "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray.scalar",
          "numpy._core.multiarray._reconstruct",
          "torch.device",
          "torch.float64",
          "torch.float32",
          "torch.float16",
          "torch.bfloat16",
          "torch.int64",
          "torch.uint8");

  private final String file;
  private final boolean script;
  private final Map<String, StorageType> storages = new HashMap<>();

  /**
   * @param file the name of the file, for messages
   * @param script whether the file is a TorchScript archive, which has classes of its own
   */
  TorchNames(String file, boolean script) {
    this.file = file;
    this.script = script;
  }

  /** The element types of all storages that were mentioned, by their keys. */
  Map<String, StorageType> storages() {
    return storages;
  }

  @Override
  public void allow(Global global) {
    String path = global.path();
    if (TENSORS.contains(path)
        || CONTAINERS.contains(path)
        || PASSED_OVER.contains(path)
        || StorageType.of(global).isPresent()
        || (script && path.startsWith(SCRIPT + "."))) {
      return;
    }
    throw TorchProblems.forbiddenName(file, path);
  }

  @Override
  public Value make(Global callable, Sequence arguments) {
    String path = callable.path();
    return switch (path) {
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(arguments);
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          argument(arguments, 0, StridedTensor.class);
      case "collections.OrderedDict" -> dictionary(arguments);
      default ->
          CONTAINERS.contains(path) ? container(arguments) : new Instance(callable, arguments);
    };
  }

  @Override
  public Value persistent(Value identifier) {
    if (!(identifier instanceof Sequence parts)
        || !argument(parts, 0, Text.class).text().equals("storage")) {
      throw TorchProblems.storageReference(file);
    }
    StorageType type =
        StorageType.of(argument(parts, 1, Global.class))
            .orElseThrow(() -> TorchProblems.storageReference(file));
    String key = argument(parts, 2, Text.class).text();
    long elements = argument(parts, 4, Whole.class).value();
    if (storages.merge(key, type, (first, second) -> first) != type) {
      throw TorchProblems.storageReference(file);
    }
    boolean whole = parts.items().size() == 5 || parts.items().get(5) == None.NONE;
    if (whole) {
      return new StorageRef(type, key, elements, 0, elements);
    }
    // The older form: a part of the storage, as a key of its own, a first element and a length.
    Sequence view = argument(parts, 5, Sequence.class);
    long start = argument(view, 1, Whole.class).value();
    return new StorageRef(type, key, elements, start, argument(view, 2, Whole.class).value());
  }

  private StridedTensor tensor(Sequence arguments) {
    return new StridedTensor(
        argument(arguments, 0, StorageRef.class),
        argument(arguments, 1, Whole.class).value(),
        numbers(argument(arguments, 2, Sequence.class)),
        numbers(argument(arguments, 3, Sequence.class)));
  }

  /** An ordered dictionary, empty or of pairs. */
  private Dictionary dictionary(Sequence arguments) {
    Dictionary dictionary = new Dictionary();
    if (!arguments.items().isEmpty()) {
      for (Value item : argument(arguments, 0, Sequence.class).items()) {
        if (!(item instanceof Sequence pair) || pair.items().size() != 2) {
          throw TorchProblems.arguments(file);
        }
        if (!dictionary.put(pair.items().get(0), pair.items().get(1))) {
          throw TorchProblems.keyTwice(file, ((Text) pair.items().get(0)).text());
        }
      }
    }
    return dictionary;
  }

  /** A container made of another is that other; one made of nothing, or of a factory, is empty. */
  private static Value container(Sequence arguments) {
    return !arguments.items().isEmpty()
            && (arguments.items().get(0) instanceof Sequence
                || arguments.items().get(0) instanceof Dictionary)
        ? arguments.items().get(0)
        : new Dictionary();
  }

  private List<Long> numbers(Sequence sequence) {
    return sequence.items().stream()
        .map(
            item -> {
              if (item instanceof Whole number) {
                return number.value();
              }
              throw TorchProblems.arguments(file);
            })
        .toList();
  }

  private <T> T argument(Sequence arguments, int index, Class<T> type) throws Problem {
    List<Value> items = arguments.items();
    if (index >= items.size() || !type.isInstance(items.get(index))) {
      throw TorchProblems.arguments(file);
    }
    return type.cast(items.get(index));
  }
}
