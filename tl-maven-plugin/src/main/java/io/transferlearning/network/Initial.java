package io.transferlearning.network;

/** How a parameter starts where no weights are given: torchvision's own rules for each family. */
public sealed interface Initial {

  /** Every element the same. */
  record Constant(double value) implements Initial {}

  /** Uniform in [-bound, bound). */
  record Uniform(double bound) implements Initial {}

  /** Normal with mean 0. */
  record Normal(double deviation) implements Initial {}

  /** Zeros. */
  Initial ZEROS = new Constant(0);

  /** Ones. */
  Initial ONES = new Constant(1);

  /**
   * torch's default for the weight and the bias of convolutions and linear layers: kaiming_uniform
   * with a = sqrt(5), which is uniform within 1 / sqrt(fan in).
   */
  static Initial torchDefault(long fanIn) {
    return new Uniform(1 / Math.sqrt((double) fanIn));
  }

  /**
   * He et al. 2015 (arXiv 1502.01852), normal, gain of ReLU: over the outputs for ResNet's and
   * VGG's convolutions, over the inputs for DenseNet's.
   */
  static Initial kaimingNormal(long fan) {
    return new Normal(Math.sqrt(2.0 / fan));
  }

  /** He et al. 2015, uniform, gain of ReLU, over the inputs: SqueezeNet's convolutions. */
  static Initial kaimingUniform(long fanIn) {
    return new Uniform(Math.sqrt(6.0 / fanIn));
  }
}
