package io.transferlearning.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other spellings of torchvision's names: what wrappers put before every name, and what DenseNet's
 * layers were called until names could hold no dots.
 */
final class Spelling {
  /** DataParallel, torch.compile, and classes that keep the network as an attribute. */
  private static final List<String> PREFIXES =
      List.of("module.", "_orig_mod.", "model.", "net.", "network.");

  /** As in torchvision's own loader, which turns {@code norm.1} into {@code norm1}. */
  private static final Pattern OLD_DENSE_LAYER =
      Pattern.compile("(.*denselayer\\d+\\.(?:norm|conv))\\.([12]\\.[a-z_]+)");

  private Spelling() {}

  /** The same tensors under torchvision's names; names that would meet stay as they are. */
  static StateDict torchvisions(StateDict found) {
    StateDict result = found;
    for (String prefix = shared(result); !prefix.isEmpty(); prefix = shared(result)) {
      Map<String, Tensor> shorter = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> entry : result.tensors().entrySet()) {
        shorter.put(entry.getKey().substring(prefix.length()), entry.getValue());
      }
      result = new StateDict(shorter, found.metadata());
    }
    return withoutOldDenseLayers(result);
  }

  /** A prefix of all names; empty where there is none. */
  private static String shared(StateDict state) {
    return PREFIXES.stream()
        .filter(
            prefix ->
                !state.tensors().isEmpty()
                    && state.tensors().keySet().stream()
                        .allMatch(
                            name ->
                                name.startsWith(prefix)
                                    && !name.equals(prefix + StateDict.METADATA)))
        .findFirst()
        .orElse("");
  }

  private static StateDict withoutOldDenseLayers(StateDict state) {
    Map<String, Tensor> modern = new LinkedHashMap<>();
    state
        .tensors()
        .forEach(
            (name, tensor) -> {
              Matcher old = OLD_DENSE_LAYER.matcher(name);
              modern.put(old.matches() ? old.group(1) + old.group(2) : name, tensor);
            });
    return modern.size() == state.tensors().size()
        ? new StateDict(modern, state.metadata(), state.wiring())
        : state;
  }
}
