package io.transferlearning.training;

import io.transferlearning.data.ClassWeights;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.network.Network;
import io.transferlearning.network.Parameter;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * TorchScript methods that train a network: forward, backward and the optimizer's step in one call,
 * so that nothing but a batch and two numbers cross the border. DJL's own optimizers are not used:
 * their momentum folds the learning rate in, and their decay hits biases.
 *
 * <ul>
 *   <li>{@code begin}: makes the optimizer's state;
 *   <li>{@code step(inputs, labels, rates, mixing)}: one step at the rates (body, head), with
 *       images mixed as {@link LossCode} says; returns (loss sum, number correct);
 *   <li>{@code measure(inputs, labels)}: the same numbers in evaluation mode, nothing changed;
 *   <li>{@code state}: all parameters and buffers in the network's order.
 * </ul>
 */
final class TrainingCode {
  /**
   * Attributes that hold AdamW's state: first and second moments and the steps, one tensor a
   * trained parameter.
   */
  static final List<String> STATE = List.of("moments", "squares", "steps");

  private final Network network;
  private final Recipe recipe;
  private final Scope scope;
  private final Numerics numerics;
  private final ClassWeights weights;

  /** What trains, and from what inputs. */
  enum Scope {
    /** The head alone, from features. */
    HEAD,
    /** Everything, from pixels. */
    EVERYTHING
  }

  /** All classes count the same. */
  TrainingCode(Network network, Recipe recipe, Scope scope, Numerics numerics) {
    this(network, recipe, scope, numerics, ClassWeights.NONE);
  }

  TrainingCode(
      Network network, Recipe recipe, Scope scope, Numerics numerics, ClassWeights weights) {
    this.network = network;
    this.recipe = recipe;
    this.scope = scope;
    this.numerics = numerics;
    this.weights = weights;
  }

  /**
   * The methods, and those of {@link ImageCode}, whose features are computed in the same numerics.
   */
  String methods(Preprocessing preprocessing) {
    return TorchScript.trunk(network, "fixed_trunk", numerics, false)
        + (batch() ? TorchScript.trunk(network, "batch_trunk", numerics, true) : "")
        + ImageCode.methods(preprocessing, "self.fixed_trunk(x, False, )")
        + begin()
        + part()
        + LossCode.methods(weights, recipe.labelSmoothing())
        + step()
        + measure()
        + state();
  }

  private boolean batch() {
    return scope == Scope.EVERYTHING && recipe.batchNorm() == Recipe.BatchNorm.BATCH;
  }

  /** Parameters that share a learning rate and a weight decay. */
  private record Group(int rate, double decay, List<String> parameters) {}

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (boolean head : scope == Scope.HEAD ? List.of(true) : List.of(false, true)) {
      for (boolean decayed : List.of(true, false)) {
        List<String> members =
            network.parameters().values().stream()
                .filter(p -> p.role().trained() && head == isHead(p))
                .filter(p -> decayed == (p.role() == Parameter.Role.WEIGHT))
                .map(p -> TorchScript.access(p.name()))
                .toList();
        if (!members.isEmpty()) {
          groups.add(new Group(head ? 1 : 0, decayed ? recipe.weightDecay() : 0, members));
        }
      }
    }
    return groups;
  }

  private boolean isHead(Parameter parameter) {
    return network.headParameters().contains(parameter.name());
  }

  private String trained() {
    return groups().stream()
        .flatMap(group -> group.parameters().stream())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String begin() {
    return """
      def begin(self: __torch__.Network, like: Tensor) -> Tensor:
        parameters = %s
        for i in range(len(parameters)):
          p = torch.detach(parameters[i])
          _0 = torch.append(self.moments, torch.zeros_like(p))
          _1 = torch.append(self.squares, torch.zeros_like(p))
          _2 = torch.append(self.steps, torch.zeros([], dtype=6, device=p.device))
        return like
    """
        .formatted(trained());
  }

  private String step() {
    String trunk = batch() ? "batch_trunk" : "fixed_trunk";
    String features =
        scope == Scope.HEAD
            ? "inputs"
            : "self." + trunk + "(self.mixed(self.images(inputs, ), mixing, ), True, )";
    return """
      def step(self: __torch__.Network, inputs: Tensor, labels: Tensor, rates: Tensor, mixing: Tensor) -> Tensor:
        logits = self.head(%s, True, )
        loss = self.loss(logits, labels, mixing, )
        parameters = %s
        optional = torch.grad([loss], parameters, None, None, False, False)
        gradients = annotate(List[Tensor], [])
        for i in range(len(optional)):
          gradient = optional[i]
          if gradient is not None:
            _0 = torch.append(gradients, torch.contiguous(gradient))
        details = annotate(List[Tensor], [])
        for i in range(len(parameters)):
          _1 = torch.append(details, torch.detach(parameters[i]))
        _2 = torch._foreach_add_(self.steps, 1)
    %s    n = torch.mul(torch.detach(loss), torch.size(labels, 0))
        return torch.stack([n, self.correct(logits, labels, mixing, )])
    """
        .formatted(features, trained(), updates());
  }

  private static final String CORRECT =
      "torch.sum(torch.eq(torch.argmax(logits, 1, False), labels))";

  /**
   * AdamW (Loshchilov and Hutter 2019, 1711.05101) with torch's defaults, fused over each group.
   */
  private String updates() {
    StringBuilder code = new StringBuilder();
    int from = 0;
    for (Group group : groups()) {
      String range = from + ", " + (from + group.parameters().size());
      code.append(
          """
              torch._fused_adamw_(self.part(details, %1$s, ), self.part(gradients, %1$s, ), \
          self.part(self.moments, %1$s, ), self.part(self.squares, %1$s, ), \
          annotate(List[Tensor], []), self.part(self.steps, %1$s, ), \
          lr=float(rates[%2$d]), beta1=0.9, beta2=0.999, weight_decay=%3$s, eps=1e-08, \
          amsgrad=False, maximize=False)
          """
              .formatted(range, group.rate(), number(group.decay())));
      from += group.parameters().size();
    }
    return code.toString();
  }

  /** A part of a list. Not a slice: libtorch takes an update of a slice's tensors for dead code. */
  private static String part() {
    return """
      def part(self: __torch__.Network, all: List[Tensor], first: int, end: int) -> List[Tensor]:
        some = annotate(List[Tensor], [])
        for i in range(first, end):
          _0 = torch.append(some, all[i])
        return some
    """;
  }

  private String measure() {
    return """
      def measure(self: __torch__.Network, inputs: Tensor, labels: Tensor) -> Tensor:
        logits = self.head(%s, False, )
        loss = torch.cross_entropy_loss(logits, labels, None, 2, -100, 0.0)
        return torch.stack([loss, torch.to(%s, 6)])
    """
        .formatted(scope == Scope.HEAD ? "inputs" : "self.features_of(inputs, )", CORRECT);
  }

  private String state() {
    String all =
        network.parameters().keySet().stream()
            .map(TorchScript::access)
            .map(tensor -> "torch.detach(" + tensor + ")")
            .collect(Collectors.joining(", ", "[", "]"));
    return """
      def state(self: __torch__.Network, like: Tensor) -> List[Tensor]:
        return %s
    """
        .formatted(all);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%s", value);
  }
}
