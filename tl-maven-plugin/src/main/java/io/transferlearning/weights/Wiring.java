package io.transferlearning.weights;

import java.util.List;

/**
 * How the layers of a network feed each other, without the operations that have no parameters and
 * one input (activations, pooling, reshaping): enough to find the layers of one network in another
 * that names them differently.
 *
 * @param steps in an order in which they can be computed; the first is the input
 */
public record Wiring(List<Step> steps) {
  /**
   * @throws IllegalArgumentException when a step uses one that does not come before it
   */
  public Wiring {
    steps = List.copyOf(steps);
    for (int i = 0; i < steps.size(); i++) {
      for (int input : steps.get(i).inputs()) {
        if (input < 0 || input >= i) {
          throw new IllegalArgumentException("step " + i + " uses step " + input);
        }
      }
    }
  }

  /** What a step does. */
  public enum Kind {
    /** The images. */
    INPUT,
    /** A convolution: weight of (out, in / groups, height, width), then a bias if it has one. */
    CONVOLUTION,
    /** Batch normalisation: scale, shift, running mean, running variance, each of (channels). */
    NORMALISATION,
    /** A fully connected layer: weight of (out, in), then a bias if it has one. */
    LINEAR,
    /** The sum of two inputs. */
    SUM,
    /** Inputs joined along the channels. */
    JOIN,
    /** Something else: what it computes can not be followed. */
    OTHER
  }

  /**
   * A step.
   *
   * @param parameters names of its tensors in the order of its {@link Kind}
   * @param inputs the numbers of the steps whose results it uses
   */
  public record Step(Kind kind, List<String> parameters, List<Integer> inputs) {
    public Step {
      parameters = List.copyOf(parameters);
      inputs = List.copyOf(inputs);
    }
  }
}
