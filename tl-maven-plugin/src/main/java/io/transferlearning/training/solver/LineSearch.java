package io.transferlearning.training.solver;

/**
 * A step along a direction that satisfies the strong Wolfe conditions: Nocedal and Wright 2006,
 * "Numerical Optimization", algorithms 3.5 (bracketing) and 3.6 (zooming in), with cubic
 * interpolation kept off the ends of the bracket.
 *
 * <p>Near a minimum the values differ by less than their rounding, and whether one is low enough is
 * chance. There the slopes decide, which are still exact: the "approximate Wolfe conditions" of
 * Hager and Zhang 2005, "A new conjugate gradient method with guaranteed descent and an efficient
 * line search".
 */
final class LineSearch {
  /** Part of the slope's promise that a step must keep. */
  private static final double DECREASE = 1e-4;

  /** Part of the slope that may be left; 0.9 as usual for quasi-Newton directions. */
  private static final double CURVATURE = 0.9;

  /** Part of a value by which two that are equal may differ; Hager and Zhang's. */
  private static final double ROUNDING = 1e-6;

  private static final int MOST_TRIALS = 25;

  /** A step is not chosen nearer to an end of the bracket than this part of its length. */
  private static final double MARGIN = 0.1;

  private static final double GROWTH = 2;

  private final Objective objective;
  private final double[] direction;
  private final Point start;
  private final double rounding;
  private final double startSlope;
  private int trials;

  /** A point, the function's value there and its gradient. */
  @SuppressWarnings("ArrayRecordComponent") // Never leaves this package.
  record Point(double step, double[] x, double value, double[] gradient, double slope) {}

  /**
   * @param start where the step is 0
   * @param direction in which the function falls at {@code start}
   */
  LineSearch(Objective objective, Point start, double[] direction) {
    this.objective = objective;
    this.start = start;
    this.direction = direction;
    this.rounding = ROUNDING * Math.abs(start.value());
    this.startSlope = Vectors.dot(start.gradient(), direction);
  }

  /**
   * The point that was found: above the start by no more than rounding. Where none satisfies the
   * conditions, the best one tried; the start itself where there is none.
   *
   * @param first the first step to try, above 0
   */
  Point find(double first) {
    Point before = at(0, start);
    Point trial = evaluate(first);
    while (trials < MOST_TRIALS) {
      if (!descends(trial) || (before.step() > 0 && higher(trial, before))) {
        return zoom(before, trial);
      }
      if (flat(trial)) {
        return trial;
      }
      if (trial.slope() >= 0) {
        return zoom(trial, before);
      }
      before = trial;
      trial = evaluate(trial.step() * GROWTH);
    }
    return lower(before, trial);
  }

  /** How often the function was evaluated. */
  int trials() {
    return trials;
  }

  /** Between {@code low}, the best so far, and {@code high} there is a step that will do. */
  private Point zoom(Point low, Point high) {
    Point best = low;
    Point other = high;
    while (trials < MOST_TRIALS && Math.abs(other.step() - best.step()) > 1e-12) {
      Point trial = evaluate(between(best, other));
      if (!descends(trial) || higher(trial, best)) {
        other = trial;
      } else {
        if (flat(trial)) {
          return trial;
        }
        if (trial.slope() * (other.step() - best.step()) >= 0) {
          other = best;
        }
        best = trial;
      }
    }
    return best;
  }

  private static Point lower(Point a, Point b) {
    return b.value() < a.value() ? b : a;
  }

  private boolean descends(Point point) {
    return point.value() <= start.value() + DECREASE * point.step() * startSlope
        || (point.value() <= start.value() + rounding
            && point.slope() <= (2 * DECREASE - 1) * startSlope);
  }

  /** Whether {@code point} is no lower than another, by more than rounding explains. */
  private boolean higher(Point point, Point other) {
    return point.value() >= other.value() + rounding;
  }

  private boolean flat(Point point) {
    return Math.abs(point.slope()) <= -CURVATURE * startSlope;
  }

  /** The minimum of the cubic through both ends (Nocedal and Wright, 3.59), or the middle. */
  private static double between(Point a, Point b) {
    double length = b.step() - a.step();
    double low = a.step() + MARGIN * length;
    double high = b.step() - MARGIN * length;
    double step = (a.step() + b.step()) / 2;
    if (Double.isFinite(b.value()) && Double.isFinite(b.slope())) {
      double d1 = a.slope() + b.slope() - 3 * (b.value() - a.value()) / length;
      double radicand = d1 * d1 - a.slope() * b.slope();
      if (radicand >= 0) {
        double d2 = Math.copySign(Math.sqrt(radicand), length);
        double cubic = b.step() - length * (b.slope() + d2 - d1) / (b.slope() - a.slope() + 2 * d2);
        step = Double.isFinite(cubic) ? cubic : step;
      }
    }
    return Math.min(Math.max(step, Math.min(low, high)), Math.max(low, high));
  }

  private Point evaluate(double step) {
    trials++;
    double[] x = Vectors.plus(start.x(), step, direction);
    double[] gradient = new double[x.length];
    double value = objective.at(x, gradient);
    return new Point(step, x, value, gradient, Vectors.dot(gradient, direction));
  }

  private Point at(double step, Point point) {
    return new Point(step, point.x(), point.value(), point.gradient(), startSlope);
  }
}
