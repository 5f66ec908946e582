package io.transferlearning.network;

import java.util.List;

/**
 * A tensor that a network owns, under the name it has in torchvision's state_dict.
 *
 * @param name e.g. {@code layer1.0.conv1.weight}
 * @param shape sizes, outermost first; empty for a scalar
 * @param role what it is for
 * @param initial how it starts where no weights are given
 */
public record Parameter(String name, List<Long> shape, Role role, Initial initial) {
  public Parameter {
    shape = List.copyOf(shape);
  }

  /** What a tensor is for; decides whether it is trained and whether weight decay touches it. */
  public enum Role {
    /** A convolution's or linear layer's weight: trained, decayed. */
    WEIGHT,
    /** A bias: trained, not decayed. */
    BIAS,
    /** Scale or shift of a normalisation: trained, not decayed. */
    NORM,
    /** Running mean or variance: follows the batches, not trained. */
    STATISTIC,
    /** Number of batches seen, a 64-bit integer: not trained. */
    COUNTER;

    /** Whether gradients reach it. */
    public boolean trained() {
      return this == WEIGHT || this == BIAS || this == NORM;
    }
  }

  /** The number of elements. */
  public long elements() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }
}
