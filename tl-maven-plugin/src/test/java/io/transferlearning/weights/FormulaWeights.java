package io.transferlearning.weights;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Weights and images by a formula that {@code src/test/python/torchvision_golden.py} computes to
 * the same bits, so that a network can be compared with torchvision's without a file of weights.
 * The formula is described there.
 */
public final class FormulaWeights {
  private static final String IMAGES = "images";

  private FormulaWeights() {}

  /** Weights for a whole network, in the order of the map. */
  public static StateDict stateDict(Map<String, List<Long>> shapes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> tensors.put(name, tensor(name, shape)));
    return StateDict.of(tensors);
  }

  /** A parameter or buffer; its name decides about the range. */
  public static Tensor tensor(String name, List<Long> shape) {
    if (name.endsWith(WeightMapping.COUNTER)) {
      return Tensor.scalar(0);
    }
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    return Tensor.of(values(name, shape), sizes);
  }

  /** A batch of images in [-2, 2), as N x 3 x height x width, as if normalised already. */
  public static float[] images(int count, int height, int width) {
    return aroundZero(IMAGES, count * 3 * height * width, 2);
  }

  private static float[] values(String name, List<Long> shape) {
    int count = Math.toIntExact(product(shape));
    if (name.endsWith(".running_mean") || name.endsWith(".bias")) {
      return aroundZero(name, count, 0.1);
    }
    if (name.endsWith(".running_var") || shape.size() == 1) {
      return aroundOne(name, count);
    }
    long fanIn = product(shape.subList(1, shape.size()));
    return aroundZero(name, count, Math.sqrt(6.0 / fanIn));
  }

  /** From 0.5 to 1.5. */
  private static float[] aroundOne(String name, int count) {
    return fill(name, count, u -> 0.5 + u);
  }

  /** From -reach to reach. */
  private static float[] aroundZero(String name, int count, double reach) {
    return fill(name, count, u -> (2 * u - 1) * reach);
  }

  private static float[] fill(String name, int count, DoubleUnaryOperator formula) {
    float[] values = new float[count];
    long hash = fnv1a(name);
    for (int i = 0; i < count; i++) {
      values[i] = (float) formula.applyAsDouble(uniform(hash, i));
    }
    return values;
  }

  /** Splitmix64's number {@code index + 1} from the seed {@code hash}, as a multiple of 2^-24. */
  private static double uniform(long hash, long index) {
    long z = hash + (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 40) * 0x1p-24;
  }

  private static long fnv1a(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }

  private static long product(List<Long> sizes) {
    return sizes.stream().reduce(1L, Math::multiplyExact);
  }
}
