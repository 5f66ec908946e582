package io.transferlearning.training.head;

import io.transferlearning.problem.TrainingProblems;
import io.transferlearning.training.solver.Lbfgs;
import io.transferlearning.training.solver.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * Heads for a series of L2 penalties, from a strong one to weak ones, each started from the one
 * before, until the validation loss gets no better. The objective is the weighted mean of the
 * training losses plus {@code penalty / 2} times the squared norm of the weight for standardised
 * features; the bias is free.
 *
 * <p>Of these the most penalised is kept whose validation loss the images can not tell from the
 * lowest: the mean of the images' differences is at most its own standard error. That is the "one
 * standard error rule" (Breiman, Friedman, Olshen and Stone 1984) for pairs of losses of the same
 * images, which is sharper. A stronger penalty leaves fewer overconfident mistakes. Where all
 * validation images are right, their losses fall for ever as the weights grow, and each fall is
 * certain but worth nothing: a difference below a hundredth of a nat does not count.
 */
final class PenaltyPath {
  private static final double STRONGEST = 1;
  private static final double WEAKEST = 1e-6;

  /** Two penalties a decade. */
  private static final double RATIO = Math.sqrt(0.1);

  /** Penalties without a lower validation loss before the path ends. */
  private static final int PATIENCE = 3;

  /**
   * No derivative, of a mean loss in nats by a weight for standardised features, is larger at the
   * end.
   */
  private static final double GRADIENT = 1e-7;

  private static final double DECREASE = 1e-8;

  /** A mean difference of losses, in nats, that changes a probability by a hundredth. */
  private static final double NEGLIGIBLE = 0.01;

  private final SoftmaxRegression train;
  private final SoftmaxRegression validation;
  private final int iterations;
  private final List<Iteration> history = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /** A penalty and the head that it gave. */
  @SuppressWarnings("ArrayRecordComponent") // Never leaves this package.
  record Step(double penalty, double[] point, Measure validation, int lastIteration) {}

  /** One iteration of the solver: one pass over the training images, now and then two. */
  record Iteration(double penalty, Measure train, Measure validation, double seconds) {}

  /**
   * @param iterations most iterations for one penalty
   */
  PenaltyPath(SoftmaxRegression train, SoftmaxRegression validation, int iterations) {
    this.train = train;
    this.validation = validation;
    this.iterations = iterations;
  }

  /**
   * Solves for each penalty.
   *
   * @throws io.transferlearning.problem.Problem if the features are not all numbers
   */
  void run(HeadListener listener) {
    double[] point = new double[train.variables()];
    double lowest = Double.POSITIVE_INFINITY;
    int better = 0;
    // No loss falls below 0: from NEGLIGIBLE on, nothing is left to gain that would count.
    for (int i = 0;
        penalty(i) > WEAKEST * 0.99 && i - better < PATIENCE && lowest > NEGLIGIBLE;
        i++) {
      point = solve(penalty(i), point, listener);
      if (!Double.isFinite(history.get(history.size() - 1).train().loss())) {
        throw TrainingProblems.featuresNotFinite();
      }
      double loss = last().validation().weightedLoss();
      if (loss < lowest) {
        lowest = loss;
        better = i;
      }
    }
  }

  private static double penalty(int number) {
    return STRONGEST * Math.pow(RATIO, number);
  }

  private Step last() {
    return steps.get(steps.size() - 1);
  }

  /** All iterations of all penalties, in order. */
  List<Iteration> history() {
    return history;
  }

  /** The step to keep; without validation images the last of a few strong ones. */
  Step chosen() {
    int best = steps.size() - 1;
    for (int i = 0; i < steps.size(); i++) {
      if (loss(i) < loss(best)) {
        best = i;
      }
    }
    double[] weights = validation.weights();
    double[] lowest = validation.losses(steps.get(best).point());
    int first = 0;
    while (first < best && !alike(validation.losses(steps.get(first).point()), lowest, weights)) {
      first++;
    }
    return steps.get(first);
  }

  private double loss(int step) {
    return steps.get(step).validation().weightedLoss();
  }

  /**
   * Whether {@code losses} are higher than {@code lowest} by no more than chance explains, or by
   * next to nothing.
   */
  static boolean alike(double[] losses, double[] lowest, double[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < losses.length; i++) {
      sum += weights[i] * (losses[i] - lowest[i]);
      all += weights[i];
    }
    double mean = sum / all;
    double squares = 0;
    for (int i = 0; i < losses.length; i++) {
      double deviation = weights[i] * (losses[i] - lowest[i] - mean);
      squares += deviation * deviation;
    }
    return mean <= Math.max(NEGLIGIBLE, Math.sqrt(squares) / all);
  }

  private double[] solve(double penalty, double[] from, HeadListener listener) {
    Penalized objective = new Penalized(penalty);
    Lbfgs.Limits limits = new Lbfgs.Limits(iterations, GRADIENT, DECREASE);
    long[] start = {System.nanoTime()};
    Lbfgs.Result result =
        new Lbfgs(objective, limits)
            .minimize(
                from,
                (iteration, point) -> {
                  long now = System.nanoTime();
                  double seconds = (now - start[0]) / 1e9;
                  start[0] = now;
                  Measure measured = objective.measuredAt(point);
                  history.add(new Iteration(penalty, measured, validation.measure(point), seconds));
                });
    Measure measured = validation.measure(result.point());
    if (result.iterations() == 0) {
      history.add(new Iteration(penalty, objective.measuredAt(result.point()), measured, 0));
    }
    steps.add(new Step(penalty, result.point(), measured, history.size()));
    Measure training = history.get(history.size() - 1).train();
    listener.solved(
        new HeadListener.Solved(
            penalty,
            result.iterations(),
            training.loss(),
            measured.loss(),
            training.accuracy(),
            measured.accuracy()));
    return result.point();
  }

  /** The penalised loss; remembers what it measured, so that nothing is measured twice. */
  private final class Penalized implements Objective {
    private final double penalty;
    private final List<double[]> points = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();

    Penalized(double penalty) {
      this.penalty = penalty;
    }

    @Override
    public double at(double[] point, double[] gradient) {
      Measure measure = train.measure(point, gradient);
      points.add(point);
      measures.add(measure);
      double norm = 0;
      int weights = point.length - train.classes();
      for (int i = 0; i < weights; i++) {
        norm += point[i] * point[i];
        gradient[i] += penalty * point[i];
      }
      return measure.weightedLoss() + penalty / 2 * norm;
    }

    /** What was measured at a point of the iteration that has just ended. */
    Measure measuredAt(double[] point) {
      for (int i = points.size() - 1; i >= 0; i--) {
        if (points.get(i) == point) {
          Measure measure = measures.get(i);
          points.clear();
          measures.clear();
          return measure;
        }
      }
      return train.measure(point);
    }
  }
}
