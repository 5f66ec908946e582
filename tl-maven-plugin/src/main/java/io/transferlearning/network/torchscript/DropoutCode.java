package io.transferlearning.network.torchscript;

import java.util.Locale;

/**
 * TorchScript of dropout: torch's own, or one of the same distribution that is fast on a CPU, where
 * torch draws a number for each element with one thread. Half of the elements are dropped by single
 * random bits, eight of each number, which takes a sixth of the time for SqueezeNet's maps; torch's
 * networks know no other share.
 */
final class DropoutCode {
  /** torch's own. */
  static final DropoutCode TORCH = new DropoutCode("");

  private static final double HALF = 0.5;

  /** The method that drops half; none: torch's own does. */
  private final String method;

  private DropoutCode(String method) {
    this.method = method;
  }

  /** By bits; {@link #methods} belongs into the module. */
  static DropoutCode bits(String method) {
    return new DropoutCode(method);
  }

  /**
   * An expression of the result; it asks the name {@code drop}.
   *
   * @param probability of an element to be dropped, 0..1
   */
  String of(String x, double probability) {
    return method.isEmpty() || probability != HALF
        ? OpCode.call("dropout", x, String.format(Locale.ROOT, "%s", probability), "drop")
        : "self." + method + "(" + x + ", drop, )";
  }

  /** What the expressions call, if {@code code} has one that does. */
  String methods(String self, String code) {
    if (method.isEmpty() || !code.contains("self." + method + "(")) {
      return "";
    }
    // The mask has the strides of x: products of tensors of one order are several times as fast.
    return """
      def %s(%s, x: Tensor, drop: bool) -> Tensor:
        if drop:
          if x.is_cuda:
            result = torch.dropout(x, 0.5, True)
          else:
            count = torch.numel(x)
            bytes = torch.randint(256, [torch.floordiv(torch.add(count, 7), 8)], dtype=0, device=x.device)
            powers = torch.tensor([[1], [2], [4], [8], [16], [32], [64], [128]], dtype=0, device=x.device)
            bits = torch.ne(torch.bitwise_and(torch.unsqueeze(bytes, 0), powers), 0)
            kept = torch.narrow(torch.reshape(bits, [-1]), 0, 0, count)
            factors = torch.mul_(torch.to(kept, x.dtype), 2.)
            like = torch.empty_like(x)
            result = torch.mul(x, torch.as_strided(factors, torch.size(x), torch.stride(like)))
        else:
          result = x
        return result
    """
        .formatted(method, self);
  }
}
