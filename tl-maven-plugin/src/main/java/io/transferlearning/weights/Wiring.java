package io.transferlearning.weights;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

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
   * How a convolution goes over its input.
   *
   * @param strides of rows and columns
   * @param padding above, to the left, below and to the right; empty where it is not known
   */
  public record Window(List<Long> strides, List<Long> padding) {
    public Window {
      strides = List.copyOf(strides);
      padding = List.copyOf(padding);
    }

    /** The same stride in both directions, and the same padding on every side. */
    public static Window of(long stride, long padding) {
      return new Window(Collections.nCopies(2, stride), Collections.nCopies(4, padding));
    }

    /** Whether both can be one, as far as they are known. */
    boolean fits(Window other) {
      return strides.equals(other.strides)
          && (padding.isEmpty() || other.padding.isEmpty() || padding.equals(other.padding));
    }
  }

  /**
   * A step.
   *
   * @param parameters names of its tensors in the order of its {@link Kind}
   * @param inputs the numbers of the steps whose results it uses
   * @param window of a convolution, where it is known
   */
  public record Step(
      Kind kind, List<String> parameters, List<Integer> inputs, Optional<Window> window) {
    /** A step without a window. */
    public Step(Kind kind, List<String> parameters, List<Integer> inputs) {
      this(kind, parameters, inputs, Optional.empty());
    }

    public Step {
      parameters = List.copyOf(parameters);
      inputs = List.copyOf(inputs);
    }
  }
}
