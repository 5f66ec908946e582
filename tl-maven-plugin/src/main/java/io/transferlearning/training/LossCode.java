package io.transferlearning.training;

import io.transferlearning.data.ClassWeights;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * TorchScript methods of the training loss: weights of classes, and images that are mixed with
 * their neighbours in the batch. {@code mixing} is {@link
 * io.transferlearning.data.transform.Mixture#numbers()}.
 *
 * <ul>
 *   <li>{@code mixed(x, mixing)}: mixes images of (N, 3, H, W), those numbered i with i - 1;
 *   <li>{@code loss(logits, labels, mixing)}: torch's mean cross entropy, of both labels where
 *       images are mixed;
 *   <li>{@code correct(logits, labels, mixing)}: how many are right, counted in shares where images
 *       are mixed, as by the authors of mixup (facebookresearch/mixup-cifar10).
 * </ul>
 */
final class LossCode {
  private LossCode() {}

  static String methods(ClassWeights weights, double labelSmoothing) {
    String loss =
        "torch.cross_entropy_loss(logits, %s, %s, 1, -100, %s)"
            .formatted("%s", tensor(weights), String.format(Locale.ROOT, "%s", labelSmoothing));
    return """
      def mixed(self: __torch__.Network, x: Tensor, mixing: Tensor) -> Tensor:
        count = torch.size(mixing, 0)
        if torch.eq(count, 0):
          result = x
        else:
          other = torch.roll(x, [1], [0])
          if torch.eq(count, 1):
            result = torch.lerp(other, x, float(mixing[0]))
          else:
            columns = torch.arange(torch.size(x, 3), dtype=4, device=x.device)
            rows = torch.arange(torch.size(x, 2), dtype=4, device=x.device)
            across = torch.__and__(torch.ge(columns, int(mixing[1])), torch.lt(columns, int(mixing[3])))
            down = torch.__and__(torch.ge(rows, int(mixing[2])), torch.lt(rows, int(mixing[4])))
            inside = torch.__and__(torch.unsqueeze(down, 1), torch.unsqueeze(across, 0))
            result = torch.where(inside, other, x)
        return result
      def loss(self: __torch__.Network, logits: Tensor, labels: Tensor, mixing: Tensor) -> Tensor:
        own = %s
        if torch.eq(torch.size(mixing, 0), 0):
          result = own
        else:
          share = float(mixing[0])
          others = torch.roll(labels, [1], [0])
          other = %s
          result = torch.add(torch.mul(own, share), torch.mul(other, torch.sub(1., share)))
        return result
      def correct(self: __torch__.Network, logits: Tensor, labels: Tensor, mixing: Tensor) -> Tensor:
        best = torch.argmax(logits, 1, False)
        own = torch.to(torch.sum(torch.eq(best, labels)), 6)
        if torch.eq(torch.size(mixing, 0), 0):
          result = own
        else:
          other = torch.to(torch.sum(torch.eq(best, torch.roll(labels, [1], [0]))), 6)
          result = torch.lerp(other, own, float(mixing[0]))
        return result
    """
        .formatted(loss.formatted("labels"), loss.formatted("others"));
  }

  private static String tensor(ClassWeights weights) {
    return weights.values().isEmpty()
        ? "None"
        : weights.values().stream()
            .map(value -> String.format(Locale.ROOT, "%s", value))
            .collect(
                Collectors.joining(", ", "torch.tensor([", "], dtype=6, device=logits.device)"));
  }
}
