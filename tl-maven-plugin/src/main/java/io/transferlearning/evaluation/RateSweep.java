package io.transferlearning.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the loss of a training goes while the learning rate rises from step to step: the range test
 * of L. N. Smith, "Cyclical Learning Rates for Training Neural Networks" (2015), section 3.3.
 *
 * @param rates learning rates, rising
 * @param losses mean cross entropy of the batch before each rate's step, in nats, all finite
 */
public record RateSweep(List<Double> rates, List<Double> losses) {
  /** Steps on each side that a loss is averaged with. */
  private static final int NEIGHBOURS = 5;

  /** The loss must fall at least by this share before it rises, or there is nothing to see. */
  private static final double LEAST_FALL = 0.02;

  /**
   * Where the loss is lowest the rate is about to be too high; a tenth of it is safe and still
   * fast. The rule of fastai's {@code lr_find} ({@code minimum}).
   */
  private static final double BELOW_LOWEST = 10;

  /**
   * @throws IllegalArgumentException where there are not as many losses as rates, or the rates do
   *     not rise, or something is not finite
   */
  public RateSweep {
    rates = List.copyOf(rates);
    losses = List.copyOf(losses);
    if (rates.size() != losses.size()) {
      throw new IllegalArgumentException(rates.size() + " rates, " + losses.size() + " losses");
    }
    for (int i = 0; i < rates.size(); i++) {
      if (!Double.isFinite(losses.get(i)) || (i > 0 && !(rates.get(i) > rates.get(i - 1)))) {
        throw new IllegalArgumentException("step " + i + " is out of order");
      }
    }
  }

  /**
   * The losses averaged over their neighbours by a triangular window. It is centred, so that the
   * curve is not shifted to higher rates as by a running mean.
   */
  public List<Double> smoothed() {
    return java.util.stream.IntStream.range(0, losses.size()).mapToObj(this::smoothed).toList();
  }

  private Double smoothed(int step) {
    // A narrower window near an end keeps it centred.
    int reach = Math.min(NEIGHBOURS, Math.min(step, losses.size() - 1 - step));
    double sum = 0;
    double weights = 0;
    for (int offset = -reach; offset <= reach; offset++) {
      double weight = reach + 1 - Math.abs(offset);
      sum += weight * losses.get(step + offset);
      weights += weight;
    }
    return sum / weights;
  }

  /** A rate to train at; empty where the loss never fell. */
  public OptionalDouble suggestion() {
    List<Double> smooth = smoothed();
    int lowest = 0;
    for (int i = 1; i < smooth.size(); i++) {
      lowest = smooth.get(i) < smooth.get(lowest) ? i : lowest;
    }
    if (smooth.isEmpty() || smooth.get(lowest) > (1 - LEAST_FALL) * smooth.get(0)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(rates.get(lowest) / BELOW_LOWEST);
  }
}
