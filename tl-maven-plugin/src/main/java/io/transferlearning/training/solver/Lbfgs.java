package io.transferlearning.training.solver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS (Liu and Nocedal 1989, "On the limited memory BFGS method for large scale
 * optimization"), with the two-loop recursion of Nocedal and Wright 2006, algorithm 7.4, and a line
 * search that satisfies the strong Wolfe conditions. Deterministic.
 */
public final class Lbfgs {
  /** Pairs of steps and gradients' changes that are remembered. */
  private static final int MEMORY = 10;

  private final Objective objective;
  private final Limits limits;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  /**
   * When to stop.
   *
   * @param iterations most iterations, at least 0
   * @param gradient no derivative is larger than this
   * @param decrease the value has fallen by less than this part of itself in two iterations running
   */
  public record Limits(int iterations, double gradient, double decrease) {}

  /** Hears of each iteration. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * An iteration has ended.
     *
     * @param iteration counts from 1
     * @param point where it ended; must not be changed
     */
    void ended(int iteration, double[] point);
  }

  /**
   * Where it ended.
   *
   * @param point the variables
   * @param value of the function there
   * @param iterations that were done
   * @param converged whether it stopped because nothing was left to gain
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over to one owner.
  public record Result(double[] point, double value, int iterations, boolean converged) {}

  /** A step and how it changed the gradient. */
  @SuppressWarnings("ArrayRecordComponent") // Never leaves this class.
  private record Pair(double[] step, double[] change, double rho) {
    private static Pair of(double[] step, double[] change) {
      return new Pair(step, change, 1 / Vectors.dot(step, change));
    }
  }

  /** Minimises {@code objective} until one of {@code limits} is reached. */
  public Lbfgs(Objective objective, Limits limits) {
    this.objective = objective;
    this.limits = limits;
  }

  /** Minimises from {@code from}, which is not changed. */
  public Result minimize(double[] from, Watcher watcher) {
    pairs.clear();
    double[] gradient = new double[from.length];
    double value = objective.at(from, gradient);
    LineSearch.Point here = new LineSearch.Point(0, from.clone(), value, gradient, 0);
    int small = 0;
    int iteration = 0;
    while (iteration < limits.iterations()) {
      if (!(Vectors.largest(here.gradient()) > limits.gradient())) {
        return new Result(here.x(), here.value(), iteration, Double.isFinite(here.value()));
      }
      LineSearch.Point next = step(here);
      if (next.step() == 0) {
        // Nothing lower along a falling direction: rounding hides it, or old pairs mislead.
        if (pairs.isEmpty()) {
          return new Result(here.x(), here.value(), iteration, true);
        }
        pairs.clear();
        continue;
      }
      watcher.ended(++iteration, next.x());
      small =
          here.value() - next.value() <= limits.decrease() * Math.abs(next.value()) ? small + 1 : 0;
      here = next;
      if (small == 2) {
        return new Result(here.x(), here.value(), iteration, true);
      }
    }
    return new Result(here.x(), here.value(), iteration, false);
  }

  private LineSearch.Point step(LineSearch.Point here) {
    double[] direction = direction(here.gradient());
    // The first direction is the bare gradient, whose length says nothing about the step's.
    double first = pairs.isEmpty() ? Math.min(1, 1 / Vectors.largest(direction)) : 1;
    LineSearch.Point next = new LineSearch(objective, here, direction).find(first);
    remember(here, next);
    return next;
  }

  private void remember(LineSearch.Point here, LineSearch.Point next) {
    double[] step = Vectors.plus(next.x(), -1, here.x());
    double[] change = Vectors.plus(next.gradient(), -1, here.gradient());
    // Only steps along which the function curves upwards keep the directions falling.
    if (Vectors.dot(step, change) > 1e-10 * Vectors.dot(change, change)) {
      pairs.addLast(Pair.of(step, change));
      if (pairs.size() > MEMORY) {
        pairs.removeFirst();
      }
    }
  }

  /** The gradient through the inverse Hessian's approximation, downwards. */
  private double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = pairs.size();
    for (Iterator<Pair> each = pairs.descendingIterator(); each.hasNext(); ) {
      Pair pair = each.next();
      i--;
      alphas[i] = pair.rho() * Vectors.dot(pair.step(), q);
      Vectors.add(q, -alphas[i], pair.change());
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      Vectors.scale(q, 1 / (last.rho() * Vectors.dot(last.change(), last.change())));
    }
    for (Pair pair : pairs) {
      double beta = pair.rho() * Vectors.dot(pair.change(), q);
      Vectors.add(q, alphas[i] - beta, pair.step());
      i++;
    }
    Vectors.scale(q, -1);
    return q;
  }
}
