package io.transferlearning.weights.format.torch;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import io.transferlearning.weights.format.pickle.Value;
import io.transferlearning.weights.format.pickle.Value.Dictionary;
import io.transferlearning.weights.format.pickle.Value.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the tensors in what torch.save was given: a state_dict, or the checkpoint of a training
 * script that holds one beside counters and the optimizer's state.
 */
final class Checkpoint {
  /** Where training scripts put the state_dict, the most telling name first. */
  private static final List<String> WRAPPERS =
      List.of("state_dict", "model_state_dict", "model_state", "model", "net", "network");

  private final String file;

  Checkpoint(String file) {
    this.file = file;
  }

  /**
   * The tensors of the network by their names, in the pickle's order. What is no tensor among them
   * is passed over.
   *
   * @throws Problem when there are none
   */
  Map<String, StridedTensor> tensors(Value value) {
    if (!(value instanceof Dictionary dictionary)) {
      throw TorchProblems.noStateDict(file, kind(value), List.of());
    }
    for (String wrapper : WRAPPERS) {
      if (dictionary.get(wrapper) instanceof Dictionary inner) {
        Map<String, StridedTensor> tensors = direct(inner);
        if (!tensors.isEmpty()) {
          return tensors;
        }
      }
    }
    Map<String, StridedTensor> tensors = direct(dictionary);
    if (tensors.isEmpty()) {
      throw TorchProblems.noStateDict(file, "a dictionary", keys(dictionary));
    }
    return tensors;
  }

  private static Map<String, StridedTensor> direct(Dictionary dictionary) {
    Map<String, StridedTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < dictionary.size(); i++) {
      if (dictionary.key(i) instanceof Text name
          && dictionary.value(i) instanceof StridedTensor tensor) {
        tensors.put(name.text(), tensor);
      }
    }
    return tensors;
  }

  private static List<String> keys(Dictionary dictionary) {
    return java.util.stream.IntStream.range(0, dictionary.size())
        .mapToObj(dictionary::key)
        .filter(Text.class::isInstance)
        .map(key -> ((Text) key).text())
        .toList();
  }

  private static String kind(Value value) {
    if (value instanceof StridedTensor) {
      return "a single tensor";
    }
    return value instanceof Value.Sequence ? "a list" : "a single value";
  }
}
