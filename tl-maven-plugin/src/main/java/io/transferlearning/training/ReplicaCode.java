package io.transferlearning.training;

import io.transferlearning.network.torchscript.TorchScript;
import java.util.List;
import java.util.stream.Collectors;

/**
 * TorchScript methods by which replicas of a module exchange gradients and weights: as one row of
 * numbers each, because many small copies between devices take longer than a large one.
 *
 * <ul>
 *   <li>{@code gradients}: hands {@code sums} over, which is empty then;
 *   <li>{@code gather(gradients)}: adds those of a replica to {@code sums};
 *   <li>{@code weights}: all that a step can change, but for counters;
 *   <li>{@code copy(weights)}: takes those of a replica.
 * </ul>
 */
final class ReplicaCode {
  private final List<String> changing;

  /**
   * @param changing names of the parameters and of the running statistics that a step can change
   */
  ReplicaCode(List<String> changing) {
    this.changing = changing;
  }

  String methods() {
    String weights =
        changing.stream()
            .map(TorchScript::access)
            .map(tensor -> "torch.detach(" + tensor + ")")
            .collect(Collectors.joining(", ", "[", "]"));
    return """
      def row(self: __torch__.Network, all: List[Tensor]) -> Tensor:
        rows = annotate(List[Tensor], [])
        for i in range(len(all)):
          _0 = torch.append(rows, torch.reshape(all[i], [-1]))
        return torch.cat(rows, 0)
      def gradients(self: __torch__.Network, like: Tensor) -> Tensor:
        all = self.row(self.sums, )
        torch.clear(self.sums)
        return all
      def gather(self: __torch__.Network, others: Tensor) -> Tensor:
        start = 0
        for i in range(len(self.sums)):
          sum = self.sums[i]
          count = torch.numel(sum)
          _0 = torch.add_(sum, torch.view_as(torch.narrow(others, 0, start, count), sum))
          start = torch.add(start, count)
        return others
      def weights(self: __torch__.Network, like: Tensor) -> Tensor:
        return self.row(%1$s, )
      def copy(self: __torch__.Network, others: Tensor) -> Tensor:
        torch.clear(self.prepared)
        all = %1$s
        start = 0
        for i in range(len(all)):
          own = all[i]
          count = torch.numel(own)
          _0 = torch.copy_(own, torch.view_as(torch.narrow(others, 0, start, count), own))
          start = torch.add(start, count)
        return others
    """
        .formatted(weights);
  }
}
