package io.transferlearning.network.torchscript;

import io.transferlearning.network.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parameters that are rounded together, as a {@link Row}. */
final class RoundedParameters {
  /** What is larger keeps a GPU busy, and would be copied for nothing. */
  private static final long MOST_ELEMENTS = 1 << 17;

  private final StringBuilder statements = new StringBuilder();
  private final Map<String, String> expressions = new HashMap<>();
  private int rows;

  /**
   * Of {@code parameters} those that are small and lie in memory alike in all layouts become a row:
   * gradients reach all of them, or none.
   */
  void add(Collection<Parameter> parameters) {
    List<Parameter> small =
        parameters.stream()
            .filter(parameter -> parameter.elements() <= MOST_ELEMENTS && !isKernel(parameter))
            // Weights begin at multiples of eight numbers then: convolutions ask for 16 bytes.
            .sorted(Comparator.comparing(parameter -> parameter.role() != Parameter.Role.WEIGHT))
            .toList();
    if (small.size() > 1) {
      addRow(small);
    }
  }

  /** Whether it looks at more than one position. */
  private static boolean isKernel(Parameter parameter) {
    List<Long> shape = parameter.shape();
    return shape.size() == 4 && shape.get(2) * shape.get(3) > 1;
  }

  private void addRow(List<Parameter> parameters) {
    String name = "rounded" + rows++;
    List<String> tensors = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (Parameter parameter : parameters) {
      String shape =
          parameter.shape().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ", "[", "]"));
      expressions.put(
          parameter.name(), "torch.view(%s[%s], %s)".formatted(name, tensors.size(), shape));
      tensors.add(Module.access(parameter.name()));
      sizes.add(parameter.elements());
    }
    String row = "torch.to(" + Row.of(tensors) + ", 15)";
    statements.append("    %s = %s\n".formatted(name, Row.cut(row, sizes)));
  }

  /** Lines that come before {@link #get}. */
  String statements() {
    return statements.toString();
  }

  /** A rounded parameter; none where it is in no row. */
  Optional<String> get(String name) {
    return Optional.ofNullable(expressions.get(name));
  }
}
