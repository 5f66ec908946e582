package io.transferlearning.network.torchscript;

import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Normalisations by fixed statistics as a factor and a summand for each channel, which go into the
 * weight and the bias of the convolution before: w * s and (b - mean) * s + shift. Those of many
 * normalisations are computed together, as a {@link Row}.
 */
final class FoldedNorms {
  private final Numerics numerics;

  /** Where the numbers of a normalisation are in the lists, by its index. */
  private final Map<Integer, String> places = new HashMap<>();

  private final List<List<Folded>> groups = new ArrayList<>();

  /** A normalisation and the convolution that it goes into. */
  record Folded(Node norm, Node convolution) {
    boolean bias() {
      return ((Op.Conv2d) convolution.op()).bias();
    }
  }

  FoldedNorms(Numerics numerics) {
    this.numerics = numerics;
  }

  /** Adds normalisations that are computed together: gradients reach all of them, or none. */
  void add(List<Folded> together) {
    // Where no convolution has a bias, none is looked at.
    together.stream()
        .collect(Collectors.groupingBy(Folded::bias, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(this::addGroup);
  }

  private void addGroup(List<Folded> group) {
    for (int i = 0; i < group.size(); i++) {
      places.put(group.get(i).norm().index(), groups.size() + "[" + i + "]");
    }
    groups.add(group);
  }

  /** Lines that come before {@link #weight} and {@link #bias}. */
  String statements() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < groups.size(); i++) {
      code.append(statements(i, groups.get(i)));
    }
    return code.toString();
  }

  private String statements(int number, List<Folded> group) {
    List<Long> sizes = group.stream().map(one -> (long) one.norm().channels()).toList();
    String factors = "s" + number;
    String shift =
        group.get(0).bias()
            ? "torch.add(%s, torch.mul(torch.sub(%s, %s), %s))"
                .formatted(
                    norms(group, "bias"),
                    Row.of(group.stream().map(one -> own(one.convolution(), "bias")).toList()),
                    norms(group, "running_mean"),
                    factors)
            : "torch.sub(%s, torch.mul(%s, %s))"
                .formatted(norms(group, "bias"), norms(group, "running_mean"), factors);
    return """
            %1$s = torch.mul(%2$s, torch.rsqrt(torch.add(%3$s, %4$s)))
            factors%5$s = %6$s
            shifts%5$s = %7$s
        """
        .formatted(
            factors,
            norms(group, "weight"),
            norms(group, "running_var"),
            OpCode.epsilon(),
            number,
            Row.cut(factors, sizes),
            Row.cut(numerics.parameter(shift, false), sizes));
  }

  private static String norms(List<Folded> group, String parameter) {
    return Row.of(group.stream().map(one -> own(one.norm(), parameter)).toList());
  }

  private static String own(Node node, String parameter) {
    return OpCode.own(node, parameter);
  }

  /** The convolution's weight with the normalisation in it, rounded. */
  String weight(Folded one) {
    String factor = "torch.reshape(factors%s, [-1, 1, 1, 1])".formatted(place(one));
    String weight = own(one.convolution(), "weight");
    return numerics.parameter("torch.mul(" + weight + ", " + factor + ")", true);
  }

  /** Its bias, rounded. */
  String bias(Folded one) {
    return "shifts" + place(one);
  }

  private String place(Folded one) {
    return Objects.requireNonNull(places.get(one.norm().index()), one.norm().name());
  }
}
