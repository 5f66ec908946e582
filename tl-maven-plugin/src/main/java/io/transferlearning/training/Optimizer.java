package io.transferlearning.training;

/**
 * What a step does with the gradients.
 *
 * @param kind the rule
 * @param bodyRate highest learning rate of everything but the head
 * @param headRate highest learning rate of the head
 * @param layerDecay what the rate of each stage of the body is multiplied by for the stage before
 *     it, above 0 to 1
 * @param weightDecay AdamW's decoupled decay, or SGD's L2 penalty; never of biases and
 *     normalisations
 * @param momentum of SGD, 0 to below 1
 * @param nesterov whether SGD looks ahead
 * @param clipNorm largest norm of all gradients together; larger ones are scaled; 0 for no limit
 */
public record Optimizer(
    Kind kind,
    double bodyRate,
    double headRate,
    double layerDecay,
    double weightDecay,
    double momentum,
    boolean nesterov,
    double clipNorm) {

  /** Rules, with torch's defaults where nothing is said. */
  public enum Kind {
    /** Loshchilov and Hutter 2019, 1711.05101. */
    ADAMW,
    /** Stochastic gradient descent with momentum (Sutskever et al. 2013), as torch writes it. */
    SGD
  }

  /** AdamW at these rates. */
  static Optimizer adamW(double bodyRate, double headRate, double weightDecay) {
    return new Optimizer(Kind.ADAMW, bodyRate, headRate, 1, weightDecay, 0.9, false, 0);
  }

  Optimizer withRates(double body, double head) {
    return new Optimizer(kind, body, head, layerDecay, weightDecay, momentum, nesterov, clipNorm);
  }
}
