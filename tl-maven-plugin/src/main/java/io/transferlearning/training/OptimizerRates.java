package io.transferlearning.training;

/** What the next step of the optimizer is made with. */
interface OptimizerRates {
  /** Goes on to the next step. */
  void advance();

  /** Learning rate of the body. */
  double body();

  /** Learning rate of the head. */
  double head();

  /** Weight of the newest parameters in the moving average, 0..1. */
  double newest();
}
