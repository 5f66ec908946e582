package io.transferlearning.training;

import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.training.ParameterGroups.Group;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * TorchScript methods of the optimizer. DJL's own are not used: their momentum folds the learning
 * rate in, and their decay hits biases. Gradients are in {@code sums}, those of the parameters from
 * number {@code first} on.
 *
 * <ul>
 *   <li>{@code begin(optimizer)}: turns gradients of what is frozen off, and makes the state where
 *       {@code optimizer[0]} is 1;
 *   <li>{@code update(rates)}: one step by {@code sums}, which is empty then; rates are (body,
 *       head, first, weight of the newest parameters in the average);
 *   <li>{@code swap}: puts what is measured and kept in the place of the parameters, or them back;
 *   <li>{@code memory}: the state's tensors, a list after the other, row-major;
 *   <li>{@code remember(place, value)}: sets one of them.
 * </ul>
 */
final class OptimizerCode {
  /**
   * Attributes: first and second moments (SGD: momentum) and steps, moving averages, what training
   * started from, gradients, parameters that wait while others are measured. One tensor for each
   * parameter that trains; lists that a recipe does not need stay empty.
   */
  static final List<String> LISTS =
      List.of("moments", "squares", "steps", "averages", "starts", "sums", "kept");

  private static final String ADAM_STATE =
      """
              _1 = torch.append(self.squares, torch.zeros_like(p))
              _2 = torch.append(self.steps, torch.zeros([], dtype=6, device=p.device))
      """;

  private static final List<String> MEMORY = LISTS.subList(0, 5);

  private final Recipe recipe;
  private final ParameterGroups groups;

  OptimizerCode(Recipe recipe, ParameterGroups groups) {
    this.recipe = recipe;
    this.groups = groups;
  }

  String methods() {
    return begin() + part() + update() + swap() + memory() + remember();
  }

  /** The list of the parameters that train. */
  String trained() {
    return list(groups.names());
  }

  private static String list(Iterable<String> names) {
    return java.util.stream.StreamSupport.stream(names.spliterator(), false)
        .map(TorchScript::access)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private boolean adam() {
    return recipe.optimizer().kind() == Optimizer.Kind.ADAMW;
  }

  private boolean averages() {
    return recipe.regularisation().averaging() > 0;
  }

  private double startShare() {
    return recipe.regularisation().startShare();
  }

  private String begin() {
    String frozen =
        groups.frozen().stream()
            .sorted()
            .filter(name -> !name.endsWith("num_batches_tracked"))
            .map(TorchScript::access)
            .map("    _ = torch.requires_grad_(%s, False)\n"::formatted)
            .collect(Collectors.joining());
    return """
      def begin(self: __torch__.Network, optimizer: Tensor) -> Tensor:
    %s    parameters = %s
        if torch.eq(int(optimizer[0]), 1):
          for i in range(len(parameters)):
            p = torch.detach(parameters[i])
            _0 = torch.append(self.moments, torch.zeros_like(p))
    %s%s%s    return optimizer
    """
        .formatted(
            frozen,
            trained(),
            adam() ? ADAM_STATE : "",
            averages() ? "        _3 = torch.append(self.averages, torch.clone(p))\n" : "",
            startShare() > 0 ? "        _4 = torch.append(self.starts, torch.clone(p))\n" : "");
  }

  /**
   * Parts of a list. Not slices: libtorch takes an update of a slice's tensors for dead code.
   *
   * <ul>
   *   <li>{@code part(all, first, end)}: one;
   *   <li>{@code parts(all, ends, first, before)}: several, whose ends alternate in {@code ends},
   *       but for those that start before {@code first}; {@code all} lacks the {@code before} first
   *       elements of what they are counted in.
   * </ul>
   */
  private static String part() {
    return """
      def part(self: __torch__.Network, all: List[Tensor], first: int, end: int) -> List[Tensor]:
        some = annotate(List[Tensor], [])
        for i in range(first, end):
          _0 = torch.append(some, all[i])
        return some
      def parts(self: __torch__.Network, all: List[Tensor], ends: List[int], first: int, before: int) -> List[Tensor]:
        some = annotate(List[Tensor], [])
        for i in range(torch.floordiv(torch.len(ends), 2)):
          start = ends[torch.mul(i, 2)]
          if torch.le(first, start):
            for j in range(start, ends[torch.add(torch.mul(i, 2), 1)]):
              _0 = torch.append(some, all[torch.sub(j, before)])
        return some
    """;
  }

  /**
   * Groups of one rate and one decay are stepped in one call: a GPU starts each for microseconds.
   */
  private String update() {
    StringBuilder steps = new StringBuilder();
    groups.groups().stream()
        .collect(
            Collectors.groupingBy(
                group -> List.of(rate(group), group.decay()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .forEach(alike -> steps.append(adam() ? adamW(alike) : sgd(alike)));
    return """
      def update(self: __torch__.Network, rates: Tensor) -> Tensor:
        first = int(rates[2])
        parameters = %s
        details = annotate(List[Tensor], [])
        for i in range(len(parameters)):
          _0 = torch.append(details, torch.detach(parameters[i]))
    %s%s%s    torch.clear(self.sums)
        torch.clear(self.prepared)
        return rates
    """
        .formatted(trained(), clip(), steps, average());
  }

  /** As torch.nn.utils.clip_grad_norm_. */
  private String clip() {
    return recipe.optimizer().clipNorm() == 0
        ? ""
        : """
            norm = torch.norm(torch.stack(torch._foreach_norm(self.sums, 2)), 2)
            factor = torch.clamp(torch.div(%s, torch.add(norm, 9.9999999999999995e-07)), None, 1.)
            torch._foreach_mul_(self.sums, factor)
        """
            .replace("%s", number(recipe.optimizer().clipNorm()));
  }

  /** With torch's betas and epsilon. */
  private String adamW(List<Group> alike) {
    return """
        some%1$s = self.parts(details, %2$s, first, 0, )
        if torch.gt(torch.len(some%1$s), 0):
          steps%1$s = self.parts(self.steps, %2$s, first, 0, )
          torch._foreach_add_(steps%1$s, 1)
          torch._fused_adamw_(some%1$s, self.parts(self.sums, %2$s, first, first, ), \
    self.parts(self.moments, %2$s, first, 0, ), self.parts(self.squares, %2$s, first, 0, ), \
    annotate(List[Tensor], []), steps%1$s, \
    lr=%3$s, beta1=0.9, beta2=0.999, weight_decay=%4$s, eps=1e-08, \
    amsgrad=False, maximize=False)
    """
        .formatted(
            alike.get(0).from(), ends(alike), rate(alike.get(0)), number(alike.get(0).decay()));
  }

  private String sgd(List<Group> alike) {
    return """
        some%1$s = self.parts(details, %2$s, first, 0, )
        if torch.gt(torch.len(some%1$s), 0):
          torch._fused_sgd_(some%1$s, self.parts(self.sums, %2$s, first, first, ), \
    %3$s, weight_decay=%4$s, momentum=%5$s, lr=%6$s, \
    dampening=0., nesterov=%7$s, maximize=False, is_first_step=False)
    """
        .formatted(
            alike.get(0).from(),
            ends(alike),
            recipe.optimizer().momentum() == 0
                ? "annotate(List[Tensor], [])"
                : "self.parts(self.moments, %s, first, 0, )".formatted(ends(alike)),
            number(alike.get(0).decay()),
            number(recipe.optimizer().momentum()),
            rate(alike.get(0)),
            recipe.optimizer().nesterov() ? "True" : "False");
  }

  private static String ends(List<Group> groups) {
    return groups.stream()
        .map(group -> group.from() + ", " + group.end())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String rate(Group group) {
    String rate = "float(rates[" + (group.head() ? 1 : 0) + "])";
    return group.scale() == 1 ? rate : "torch.mul(" + rate + ", " + number(group.scale()) + ")";
  }

  private String average() {
    return averages() ? "    torch._foreach_lerp_(self.averages, details, float(rates[3]))\n" : "";
  }

  private String swap() {
    return """
      def swap(self: __torch__.Network, like: Tensor) -> Tensor:
    %s    return like
    """
        .formatted(recipe.regularisation().changesWhatIsKept() ? exchange() : "");
  }

  private String exchange() {
    return """
        torch.clear(self.prepared)
        parameters = %s
        if torch.gt(len(self.kept), 0):
          for i in range(len(parameters)):
            _0 = torch.copy_(torch.detach(parameters[i]), self.kept[i])
          torch.clear(self.kept)
        else:
          for j in range(len(parameters)):
            p = torch.detach(parameters[j])
            _1 = torch.append(self.kept, torch.clone(p))
    %s%s"""
        .formatted(
            trained(),
            averages() ? "        _2 = torch.copy_(p, self.averages[j])\n" : "",
            startShare() > 0
                ? "        _3 = torch.lerp_(p, self.starts[j], %s)\n"
                    .formatted(number(startShare()))
                : "");
  }

  private static String memory() {
    StringBuilder code = new StringBuilder();
    for (String list : MEMORY) {
      code.append(
          """
              for i%1$s in range(len(self.%2$s)):
                _%1$s = torch.append(all, self.%2$s[i%1$s])
          """
              .formatted(MEMORY.indexOf(list), list));
    }
    return """
      def remembered(self: __torch__.Network) -> List[Tensor]:
        all = annotate(List[Tensor], [])
    %s    return all
      def memory(self: __torch__.Network, like: Tensor) -> List[Tensor]:
        all = self.remembered()
        rows = annotate(List[Tensor], [])
        for i in range(len(all)):
          _0 = torch.append(rows, torch.contiguous(all[i]))
        return rows
    """
        .formatted(code);
  }

  private static String remember() {
    return """
      def remember(self: __torch__.Network, place: Tensor, value: Tensor) -> Tensor:
        all = self.remembered()
        return torch.copy_(all[int(place)], value)
    """;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%s", value);
  }
}
