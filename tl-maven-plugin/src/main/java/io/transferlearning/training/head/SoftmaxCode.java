package io.transferlearning.training.head;

import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.file.Path;

/**
 * TorchScript of a multinomial logistic regression. Products of features and weights are computed
 * in 32 bits, everything that is summed over images in 64. {@code x} is (N, D), {@code labels} (N),
 * {@code importance} (K) holds the classes' weights, and {@code point} (K * D + K) the weight row
 * by row and then the bias, in 64 bits.
 *
 * <ul>
 *   <li>{@code moments(x)}: sum and sum of squares of each column, (2, D);
 *   <li>{@code lowest(maps, weight, bias)}: the lowest activation of a layer, (K, D) and (K, 1), at
 *       all positions of maps of (N, D, P);
 *   <li>{@code standardized(x, center, factor)}: {@code (x - center) * factor};
 *   <li>{@code measure(x, labels, importance, point)}: {@link Measure}'s sums;
 *   <li>{@code losses(x, labels, importance, point)}: each image's cross entropy, (N);
 *   <li>{@code objective(x, labels, importance, point)}: the same, and then the derivatives of the
 *       weighted sum of the losses by each element of {@code point}.
 * </ul>
 */
final class SoftmaxCode {
  private static final String CODE =
      """
        def moments(self: __torch__.Network, x: Tensor) -> Tensor:
          wide = torch.to(x, 7)
          return torch.stack([torch.sum(wide, [0]), torch.sum(torch.mul(wide, wide), [0])])
        def lowest(self: __torch__.Network, maps: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
          return torch.min(torch.add(torch.matmul(weight, maps), bias))
        def standardized(self: __torch__.Network, x: Tensor, center: Tensor, factor: Tensor) -> Tensor:
          return torch.to(torch.mul(torch.sub(torch.to(x, 7), center), factor), 6)
        def logits(self: __torch__.Network, x: Tensor, classes: int, point: Tensor) -> Tensor:
          split = torch.mul(classes, torch.size(x, 1))
          weight = torch.reshape(torch.slice(point, 0, 0, split), [classes, torch.size(x, 1)])
          bias = torch.slice(point, 0, split, torch.add(split, classes))
          return torch.add(torch.to(torch.linear(x, torch.to(weight, 6), None), 7), bias)
        def sums(self: __torch__.Network, logs: Tensor, labels: Tensor, importance: Tensor) -> Tensor:
          weights = torch.index_select(importance, 0, labels)
          losses = self.own(logs, labels, )
          correct = torch.to(torch.sum(torch.eq(torch.argmax(logs, 1, False), labels)), 7)
          return torch.stack([torch.sum(losses), correct, torch.sum(weights), torch.sum(torch.mul(weights, losses))])
        def own(self: __torch__.Network, logs: Tensor, labels: Tensor) -> Tensor:
          return torch.neg(torch.squeeze(torch.gather(logs, 1, torch.unsqueeze(labels, 1)), 1))
        def losses(self: __torch__.Network, x: Tensor, labels: Tensor, importance: Tensor, point: Tensor) -> Tensor:
          logs = torch.log_softmax(self.logits(x, torch.size(importance, 0), point, ), 1, None)
          return self.own(logs, labels, )
        def measure(self: __torch__.Network, x: Tensor, labels: Tensor, importance: Tensor, point: Tensor) -> Tensor:
          logs = torch.log_softmax(self.logits(x, torch.size(importance, 0), point, ), 1, None)
          return self.sums(logs, labels, importance, )
        def objective(self: __torch__.Network, x: Tensor, labels: Tensor, importance: Tensor, point: Tensor) -> Tensor:
          classes = torch.size(importance, 0)
          logs = torch.log_softmax(self.logits(x, classes, point, ), 1, None)
          wrong = torch.sub(torch.exp(logs), torch.to(torch.one_hot(labels, classes), 7))
          weighted = torch.mul(wrong, torch.unsqueeze(torch.index_select(importance, 0, labels), 1))
          by_weight = torch.matmul(torch.t(torch.to(weighted, 6)), x)
          by_bias = torch.sum(weighted, [0])
          return torch.cat([self.sums(logs, labels, importance, ), torch.reshape(torch.to(by_weight, 7), [-1]), by_bias])
      """;

  private SoftmaxCode() {}

  /** Writes the module, which holds no weights: the point is an argument. */
  static void write(Path archive) throws IOException {
    TorchScript.write(archive, "softmax", CODE);
  }
}
