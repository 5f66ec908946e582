package io.transferlearning.network;

import io.transferlearning.network.Op.AdaptiveAvgPool2d;
import io.transferlearning.network.Op.AvgPool2d;
import io.transferlearning.network.Op.Conv2d;
import io.transferlearning.network.Op.Flatten;
import io.transferlearning.network.Op.Input;
import io.transferlearning.network.Op.MaxPool2d;
import io.transferlearning.problem.NetworkProblems;
import java.util.ArrayList;
import java.util.List;

/** Shape inference: the size of every node's result for one image, and what the network costs. */
public final class Shapes {
  private final List<Size> sizes = new ArrayList<>();
  private final Network network;
  private final int height;
  private final int width;

  private Shapes(Network network, int height, int width) {
    this.network = network;
    this.height = height;
    this.width = width;
  }

  /**
   * The size of a node's result for one image; a vector is 1 by 1.
   *
   * @param channels size of the channel dimension
   * @param height rows
   * @param width columns
   */
  public record Size(int channels, int height, int width) {
    /** The number of elements for one image. */
    public int elements() {
      return Math.multiplyExact(channels, Math.multiplyExact(height, width));
    }
  }

  /**
   * Infers all sizes for images of {@code height} by {@code width} pixels.
   *
   * @return one size a node, in the order of {@link Network#nodes()}
   * @throws io.transferlearning.problem.Problem if the images are too small for the network
   */
  public static List<Size> of(Network network, int height, int width) {
    Shapes shapes = new Shapes(network, height, width);
    network.nodes().forEach(shapes::infer);
    return List.copyOf(shapes.sizes);
  }

  /** The size of the features of one image. */
  public static Size features(Network network, int imageSize) {
    return of(network, imageSize, imageSize).get(network.trunkEnd());
  }

  /**
   * Multiply-accumulate operations of convolutions and linear layers for one image, as papers count
   * "FLOPs".
   */
  public static long multiplyAccumulates(Network network, int height, int width) {
    List<Size> sizes = of(network, height, width);
    return network.nodes().stream()
        .mapToLong(node -> multiplyAccumulates(node, sizes.get(node.index())))
        .sum();
  }

  private static long multiplyAccumulates(Node node, Size out) {
    if (node.op() instanceof Conv2d c) {
      return (long) out.elements() * (c.in() / c.groups()) * c.kernel() * c.kernel();
    }
    return node.op() instanceof Op.Linear l ? (long) l.in() * l.out() : 0;
  }

  private void infer(Node node) {
    Size in =
        node.op() instanceof Input ? new Size(0, height, width) : sizes.get(node.inputs().get(0));
    Size out = infer(node, in);
    if (out.height() < 1 || out.width() < 1) {
      throw NetworkProblems.imageTooSmall(network.name(), height, width, node.name());
    }
    sizes.add(out);
  }

  private static Size infer(Node node, Size in) {
    int c = node.channels();
    if (node.op() instanceof Conv2d op) {
      return new Size(c, conv(in.height(), op), conv(in.width(), op));
    } else if (node.op() instanceof MaxPool2d op) {
      return new Size(c, pool(in.height(), op), pool(in.width(), op));
    } else if (node.op() instanceof AvgPool2d op) {
      return new Size(
          c,
          windows(in.height(), op.kernel(), op.stride()),
          windows(in.width(), op.kernel(), op.stride()));
    } else if (node.op() instanceof AdaptiveAvgPool2d op) {
      return new Size(c, op.size(), op.size());
    } else if (node.op() instanceof Flatten || node.op() instanceof Op.Linear) {
      return new Size(c, 1, 1);
    }
    return new Size(c, in.height(), in.width());
  }

  private static int conv(int length, Conv2d op) {
    return windows(length + 2 * op.padding(), op.kernel(), op.stride());
  }

  /** torch's rule: in ceil mode even a map smaller than the kernel can hold a hanging window. */
  private static int pool(int length, MaxPool2d op) {
    int rest = op.ceil() ? op.stride() - 1 : 0;
    int reach = length + 2 * op.padding() - op.kernel() + rest;
    int count = Math.floorDiv(reach, op.stride()) + 1;
    // a window that would start in the padding on the right is dropped
    boolean outside = op.ceil() && (count - 1) * op.stride() >= length + op.padding();
    return outside ? count - 1 : count;
  }

  private static int windows(int length, int kernel, int stride) {
    return length < kernel ? 0 : (length - kernel) / stride + 1;
  }
}
