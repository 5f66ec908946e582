package io.transferlearning.training;

import io.transferlearning.data.ClassWeights;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.network.Network;
import io.transferlearning.network.Parameter;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.TorchScript;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * TorchScript methods that train a network: forward and backward in one call, the optimizer's step
 * in another, so that nothing but a batch and a few numbers cross the border.
 *
 * <ul>
 *   <li>{@code differentiate(inputs, labels, share, mixing)}: adds the gradients of {@code
 *       share[0]} times the mean loss to {@code sums}, those of the parameters from number {@code
 *       share[1]} on, all of them or, where memory does not suffice, none; images are mixed as
 *       {@link LossCode} says; returns (loss sum, number correct);
 *   <li>{@code measure(inputs, labels)}: the same numbers in evaluation mode, nothing changed;
 *   <li>{@code state}: all parameters and buffers in the network's order, row-major;
 *   <li>those of {@link OptimizerCode}, {@link ReplicaCode} and {@link ImageCode}.
 * </ul>
 */
final class TrainingCode {
  /** Weights as kernels for evaluation take them, as long as no parameter changes. */
  private static final String PREPARED = "prepared";

  /** What a module keeps from one call to the next, beside its network. */
  static final List<String> LISTS =
      Stream.concat(OptimizerCode.LISTS.stream(), Stream.of(PREPARED, ImageCode.CHANNELS)).toList();

  private final Network network;
  private final Recipe recipe;
  private final Scope scope;
  private final Numerics numerics;
  private final ClassWeights weights;
  private final ParameterGroups groups;

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
    this.groups =
        scope == Scope.HEAD
            ? ParameterGroups.head(network, recipe)
            : ParameterGroups.everything(network, recipe);
  }

  /** The parameters that train. */
  ParameterGroups groups() {
    return groups;
  }

  /** In what order of memory the optimizer finds convolutions' weights and their gradients. */
  Numerics.Layout layout() {
    return numerics.layout();
  }

  /** All methods; features are computed in the same numerics, in training and in evaluation. */
  String methods(Preprocessing preprocessing) {
    OptimizerCode optimizer = new OptimizerCode(recipe, groups);
    return trunk(ImageCode.TRUNK, norm -> false)
        + (batch() ? trunk("batch_trunk", this::follows) : "")
        + TorchScript.head(network, "dropping_head")
        + evaluation(preprocessing)
        + optimizer.methods()
        + new ReplicaCode(changing()).methods()
        + LossCode.methods(weights, recipe.labelSmoothing())
        + differentiate(optimizer.trained())
        + measure()
        + state();
  }

  private String evaluation(Preprocessing preprocessing) {
    return numerics.kernels() == Numerics.Kernels.ONEDNN
        ? TorchScript.oneDnnTrunk(network, "still_trunk", numerics, PREPARED)
            + ImageCode.methods(preprocessing, "self.still_trunk(x, )")
        : ImageCode.methods(preprocessing, "self." + ImageCode.TRUNK + "(x, False, )");
  }

  private String trunk(String name, Predicate<String> batch) {
    return TorchScript.trunk(network, name, numerics, batch, groups::stage);
  }

  private boolean batch() {
    return scope == Scope.EVERYTHING && recipe.batchNorm() == Recipe.BatchNorm.BATCH;
  }

  /** Whether a normalisation follows the batches: not where it is frozen. */
  private boolean follows(String norm) {
    return !groups.frozen().contains(norm + ".running_mean");
  }

  private List<String> changing() {
    Stream<String> statistics =
        network.parameters().values().stream()
            .filter(parameter -> batch() && parameter.role() == Parameter.Role.STATISTIC)
            .map(Parameter::name)
            .filter(name -> !groups.frozen().contains(name));
    return Stream.concat(groups.names().stream(), statistics).toList();
  }

  private String differentiate(String trained) {
    String trunk = batch() ? "batch_trunk" : ImageCode.TRUNK;
    String features =
        scope == Scope.HEAD
            ? "inputs"
            : "self." + trunk + "(self.mixed(self.images(inputs, ), mixing, ), True, )";
    return """
      def differentiate(self: __torch__.Network, inputs: Tensor, labels: Tensor, share: Tensor, mixing: Tensor) -> Tensor:
        torch.clear(self.prepared)
        logits = self.dropping_head(%s, True, )
        loss = self.loss(logits, labels, mixing, )
        all = %s
        parameters = self.part(all, int(share[1]), torch.len(all), )
        optional = torch.grad([torch.mul(loss, float(share[0]))], parameters, None, None, False, False)
        gradients = annotate(List[Tensor], [])
        for i in range(len(optional)):
          gradient = optional[i]
          if gradient is not None:
            if torch.eq(torch.dim(gradient), 4):
              laid = %s
            else:
              laid = torch.contiguous(gradient)
            _0 = torch.append(gradients, laid)
        n = torch.mul(torch.detach(loss), torch.size(labels, 0))
        totals = torch.stack([n, self.correct(logits, labels, mixing, )])
        if torch.eq(torch.len(self.sums), 0):
          for j in range(len(gradients)):
            _1 = torch.append(self.sums, gradients[j])
        else:
          torch._foreach_add_(self.sums, gradients)
        return totals
    """
        .formatted(features, trained, numerics.laid("gradient"));
  }

  private static final String CORRECT =
      "torch.sum(torch.eq(torch.argmax(logits, 1, False), labels))";

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
            .map(tensor -> "torch.contiguous(torch.detach(" + tensor + "))")
            .collect(Collectors.joining(", ", "[", "]"));
    return """
      def state(self: __torch__.Network, like: Tensor) -> List[Tensor]:
        return %s
    """
        .formatted(all);
  }
}
