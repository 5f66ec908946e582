package io.transferlearning.training;

import io.transferlearning.network.Network;
import io.transferlearning.network.Node;
import io.transferlearning.network.Op;
import io.transferlearning.network.Shapes;
import io.transferlearning.training.head.ConvexHead;
import io.transferlearning.training.head.LinearLayer;
import io.transferlearning.training.head.PooledConvolution;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains a network's head on stored features as a convex problem. */
final class ConvexTraining {
  private final TrainingTask task;
  private final int iterations;

  /**
   * @param iterations most iterations for one penalty
   */
  ConvexTraining(TrainingTask task, int iterations) {
    this.task = task;
    this.iterations = iterations;
  }

  /** Whether a network's head is one that this can train. */
  static boolean suits(Network network) {
    List<Op> ops = operations(network);
    return isLinear(ops) || isPooledConvolution(ops);
  }

  /** The operations after the features; dropout does nothing here. */
  private static List<Op> operations(Network network) {
    return network.headNodes().stream()
        .map(Node::op)
        .filter(op -> !(op instanceof Op.Dropout))
        .toList();
  }

  private static boolean isLinear(List<Op> ops) {
    return ops.size() == 1 && ops.get(0) instanceof Op.Linear;
  }

  private static boolean isPooledConvolution(List<Op> ops) {
    return ops.size() == 4
        && ops.get(0) instanceof Op.Conv2d conv
        && conv.equals(new Op.Conv2d(conv.in(), conv.out(), 1, 1, 0, 1, true))
        && ops.get(1) instanceof Op.Relu
        && ops.get(2).equals(new Op.AdaptiveAvgPool2d(1))
        && ops.get(3) instanceof Op.Flatten;
  }

  /** Trains on the features of both splits. */
  Trained train(Map<String, Tensor> weights, FeatureStore train, FeatureStore validation)
      throws IOException {
    Network network = task.network();
    Shapes.Size size = Shapes.features(network, task.preprocessing().crop());
    int positions = size.height() * size.width();
    StoredMaps learning = new StoredMaps(train, size.channels(), positions);
    StoredMaps choosing = new StoredMaps(validation, size.channels(), positions);
    double[] importance =
        task.balance().importance(task.dataset()).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    ConvexHead head =
        ConvexHead.train(
            task.processor(),
            task.workFolder(),
            learning,
            choosing,
            importance,
            iterations,
            task.listener()::solved);
    LinearLayer layer = head.layer();
    if (isPooledConvolution(operations(network))) {
      layer =
          PooledConvolution.raised(
              task.processor(), task.workFolder(), layer, List.of(learning, choosing));
    }
    return new Trained(replaced(weights, layer), head.history());
  }

  private Map<String, Tensor> replaced(Map<String, Tensor> weights, LinearLayer layer) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(weights);
    put(tensors, task.network().head() + ".weight", layer.weight());
    put(tensors, task.network().head() + ".bias", layer.bias());
    return tensors;
  }

  private void put(Map<String, Tensor> tensors, String name, float[] values) {
    List<Long> shape = task.network().parameter(name).shape();
    tensors.put(name, Tensor.of(values, shape.stream().mapToLong(Long::longValue).toArray()));
  }
}
