package io.transferlearning.training.solver;

/** A smooth function of many variables, to be minimised. */
@FunctionalInterface
public interface Objective {
  /**
   * The value at a point.
   *
   * @param point the variables; not kept and not changed
   * @param gradient takes the derivatives by each variable
   * @return the value; NaN or infinite where the function is not defined
   */
  double at(double[] point, double[] gradient);
}
