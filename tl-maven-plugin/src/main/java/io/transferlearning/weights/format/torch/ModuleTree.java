package io.transferlearning.weights.format.torch;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import io.transferlearning.weights.format.pickle.Value;
import io.transferlearning.weights.format.pickle.Value.Dictionary;
import io.transferlearning.weights.format.pickle.Value.Instance;
import io.transferlearning.weights.format.pickle.Value.Text;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The modules of a TorchScript archive, as a tree of attributes: a tensor that is the attribute
 * {@code weight} of the attribute {@code conv1} is called {@code conv1.weight}, as in a state_dict.
 */
final class ModuleTree {
  private final String file;
  private final Map<String, StridedTensor> tensors = new LinkedHashMap<>();

  /** A module that is found a second time is not entered again: there could be 2^n ways to it. */
  private final Set<Instance> entered = Collections.newSetFromMap(new IdentityHashMap<>());

  private ModuleTree(String file) {
    this.file = file;
  }

  /**
   * The tensors by their dotted names, in the archive's order.
   *
   * @throws Problem when there are none
   */
  static Map<String, StridedTensor> tensors(String file, Value root) {
    ModuleTree tree = new ModuleTree(file);
    if (root instanceof Instance module) {
      tree.enter(module, "");
    }
    if (tree.tensors.isEmpty()) {
      throw TorchProblems.noScriptTensors(file);
    }
    return tree.tensors;
  }

  private void enter(Instance module, String prefix) {
    if (!entered.add(module) || !(module.state() instanceof Dictionary attributes)) {
      return;
    }
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.key(i) instanceof Text key) {
        attribute(attributes.value(i), prefix + key.text());
      }
    }
  }

  private void attribute(Value value, String name) {
    if (value instanceof Instance child) {
      enter(child, name + ".");
    } else if (value instanceof StridedTensor tensor && tensors.put(name, tensor) != null) {
      throw TorchProblems.keyTwice(file, name);
    }
  }
}
