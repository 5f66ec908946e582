package io.transferlearning.training;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Preprocessing.Channels;
import io.transferlearning.network.Network;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.TorchScript;
import java.util.Locale;

/**
 * TorchScript methods through which a module takes images as they are decoded, so that
 * normalisation can not disagree with the weights: {@code images}, {@code features_of} and {@code
 * classify}. Pixels are unsigned bytes of (N, H, W, 3).
 */
public final class ImageCode {
  /** From normalised images to features, in evaluation mode. */
  static final String TRUNK = "fixed_trunk";

  /** A list of the mean and the deviation of each number of a row of pixels. */
  static final String CHANNELS = "channels";

  private static final String ANEW =
      """
          mean = torch.repeat(torch.tensor(%s, dtype=6, device=x.device), [width])
          deviation = torch.repeat(torch.tensor(%s, dtype=6, device=x.device), [width])
      """;

  /** Each copy to a GPU waits for what it has to do. */
  private static final String ONCE =
      """
          if torch.eq(torch.len(self.channels), 0):
            known = False
          else:
            known = torch.eq(torch.numel(self.channels[0]), torch.mul(width, 3))
          if torch.__not__(known):
            torch.clear(self.channels)
            first = torch.tensor(%s, dtype=6, device=x.device)
            second = torch.tensor(%s, dtype=6, device=x.device)
            _0 = torch.append(self.channels, torch.repeat(first, [width]))
            _1 = torch.append(self.channels, torch.repeat(second, [width]))
          mean = self.channels[0]
          deviation = self.channels[1]
      """;

  private ImageCode() {}

  /**
   * The methods, and the trunk that they run, in 32-bit floats. It is written for speed: {@code
   * forward} computes the same, but for rounding, in up to twice the time.
   *
   * <ul>
   *   <li>{@code images}: pixels to normalised floats of (N, 3, H, W) whose memory keeps the order
   *       of the pixels ("channels last"), in which convolutions are fastest on a CPU. Computed in
   *       whole rows of pixels, five times as fast as in threes of channels;
   *   <li>{@code features_of}: pixels to features, in evaluation mode;
   *   <li>{@code classify}: pixels to probabilities of (N, classes), in evaluation mode.
   * </ul>
   */
  public static String methods(Network network, Preprocessing preprocessing) {
    return TorchScript.trunk(network, TRUNK, Numerics.SINGLE, norm -> false, parameter -> 0)
        + methods(preprocessing, "self." + TRUNK + "(x, False, )", ANEW);
  }

  /**
   * The same methods beside a trunk that is already there, in a module with a list of tensors
   * called {@link #CHANNELS}.
   *
   * @param features an expression of the features of {@code x} in evaluation mode
   */
  static String methods(Preprocessing preprocessing, String features) {
    return methods(preprocessing, features, ONCE);
  }

  private static String methods(Preprocessing preprocessing, String features, String channels) {
    return """
      def images(self: __torch__.Network, pixels: Tensor) -> Tensor:
        x = torch.to(pixels, 6, False, True, None)
        width = torch.size(x, 2)
        rows = torch.reshape(x, [-1, torch.mul(width, 3)])
    %s    y = torch.div_(torch.sub_(rows, mean), deviation)
        return torch.permute(torch.reshape(y, torch.size(x)), [0, 3, 1, 2])
      def features_of(self: __torch__.Network, pixels: Tensor) -> Tensor:
        x = self.images(pixels, )
        return %s
      def classify(self: __torch__.Network, pixels: Tensor) -> Tensor:
        return torch.softmax(self.head(self.features_of(pixels, ), False, ), 1, None)
    """
        .formatted(
            channels.formatted(bytes(preprocessing.mean()), bytes(preprocessing.deviation())),
            features);
  }

  /** A channel's number for values of 0..255 instead of 0..1. */
  private static String bytes(Channels channels) {
    return String.format(
        Locale.ROOT,
        "[%s, %s, %s]",
        channels.red() * 255.0,
        channels.green() * 255.0,
        channels.blue() * 255.0);
  }
}
