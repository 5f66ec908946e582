package io.transferlearning.training;

/** How a head is trained on frozen features. */
public sealed interface HeadSolver {

  /**
   * To convergence, under a series of L2 penalties of which the validation images choose one.
   *
   * @param iterations most iterations for one penalty, at least 1
   */
  record Lbfgs(int iterations) implements HeadSolver {
    /** Some fifty are used where features are good, and hundreds where they are weak. */
    public static final int DEFAULT_ITERATIONS = 1000;
  }

  /** By the steps of a {@link Recipe}, with dropout where the network has it. */
  record AdamW() implements HeadSolver {}

  /** AdamW. */
  static HeadSolver adamw() {
    return new AdamW();
  }
}
