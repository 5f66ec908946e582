package io.transferlearning.network.torchscript;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Small tensors laid behind one another, so that what is done to all of them takes one call, and
 * cut again, which copies nothing. A GPU starts a kernel for each call, forward and backward, and
 * is not kept busy by a few hundred numbers. The numbers are those of one call for each.
 */
final class Row {
  private Row() {}

  /** The row of these tensors, in any shape. */
  static String of(List<String> tensors) {
    return tensors.stream()
        .map(tensor -> "torch.reshape(" + tensor + ", [-1])")
        .collect(Collectors.joining(", ", "torch.cat([", "], 0)"));
  }

  /** A list of views of a row. */
  static String cut(String row, List<Long> sizes) {
    String list = sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "torch.split_with_sizes(" + row + ", [" + list + "], 0)";
  }
}
