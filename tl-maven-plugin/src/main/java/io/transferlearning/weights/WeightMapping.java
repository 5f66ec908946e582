package io.transferlearning.weights;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.problem.WeightProblems.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts a file's tensors where a network wants them, strictly: a tensor left over, missing or of
 * another shape means another network, and the wrong network must not train in silence. There are
 * two exceptions:
 *
 * <ul>
 *   <li>the head, which transfer learning replaces: where one of its tensors is missing or of
 *       another shape, all of them are left to be initialised;
 *   <li>BatchNorm's counters of batches, which older files lack: they become zero.
 * </ul>
 *
 * <p>Names may be spelled as wrappers and older versions of torchvision do. An ONNX file whose
 * names say nothing is followed layer by layer instead.
 */
public final class WeightMapping {
  /** BatchNorm's counter, an I64 scalar, in torchvision's spelling. */
  static final String COUNTER = ".num_batches_tracked";

  private final Map<String, List<Long>> expected;
  private final Set<String> head;
  private final StateDict found;
  private final Map<String, Tensor> mapped = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<Difference> shapes = new ArrayList<>();
  private final List<Difference> types = new ArrayList<>();

  private WeightMapping(Map<String, List<Long>> expected, Set<String> head, StateDict found) {
    this.expected = expected;
    this.head = head;
    this.found = found;
  }

  /**
   * The tensors for a network.
   *
   * @param origin where they were found, for messages: a file's name
   * @param expected the shapes of all the network's parameters and buffers, by their names
   * @param head the names, among those, of the tensors that depend on the classes
   * @param wiring how the network's layers feed each other
   * @throws Problem when the tensors do not fit
   */
  public static MappedWeights map(
      String origin,
      Map<String, List<Long>> expected,
      Set<String> head,
      Wiring wiring,
      StateDict found) {
    if (!expected.keySet().containsAll(head)) {
      throw new IllegalArgumentException("the head " + head + " is no part of the network");
    }
    StateDict spelled = Spelling.torchvisions(found);
    boolean named =
        expected.keySet().stream()
            .filter(name -> !head.contains(name) && !name.endsWith(COUNTER))
            .allMatch(spelled.tensors()::containsKey);
    if (named) {
      spelled.wiring().ifPresent(own -> WiringMatch.requireSameWindows(origin, own, wiring));
    }
    StateDict fitted =
        named || wiring.steps().isEmpty()
            ? spelled
            : spelled
                .wiring()
                .map(own -> WiringMatch.rename(origin, spelled, own, wiring, expected, head))
                .orElse(spelled);
    return new WeightMapping(expected, head, fitted).map(origin);
  }

  /** As the other {@code map}, for files that name what they hold. */
  public static MappedWeights map(
      String origin, Map<String, List<Long>> expected, Set<String> head, StateDict found) {
    return map(origin, expected, head, new Wiring(List.of()), found);
  }

  private MappedWeights map(String origin) {
    boolean headFits = head.stream().allMatch(this::hasExpectedShape);
    for (String name : expected.keySet()) {
      if (!head.contains(name) || headFits) {
        place(name);
      }
    }
    List<String> unexpected =
        found.tensors().keySet().stream().filter(name -> !expected.containsKey(name)).toList();
    if (!(missing.isEmpty() && unexpected.isEmpty() && shapes.isEmpty() && types.isEmpty())) {
      throw WeightProblems.doNotFit(
          origin, missing, unexpected, shapes, types, Fingerprint.of(found));
    }
    return new MappedWeights(mapped, headFits ? Set.of() : orderedHead());
  }

  private void place(String name) {
    Tensor tensor = found.tensors().get(name);
    boolean counter = name.endsWith(COUNTER);
    if (tensor == null && counter) {
      mapped.put(name, Tensor.scalar(0));
    } else if (tensor == null) {
      missing.add(name);
    } else if (!hasExpectedShape(name)) {
      shapes.add(
          new Difference(name, String.valueOf(expected.get(name)), tensor.shape().toString()));
    } else if (counter ? tensor.type() != DType.I64 : !tensor.type().isFloating()) {
      String wanted = counter ? DType.I64.name() : "floating-point numbers";
      types.add(new Difference(name, wanted, tensor.type().name()));
    } else {
      mapped.put(name, tensor);
    }
  }

  private boolean hasExpectedShape(String name) {
    Tensor tensor = found.tensors().get(name);
    return tensor != null && tensor.shape().equals(expected.get(name));
  }

  private Set<String> orderedHead() {
    Map<String, List<Long>> ordered = new LinkedHashMap<>(expected);
    ordered.keySet().retainAll(head);
    return ordered.keySet();
  }
}
