package io.transferlearning.network;

import static io.transferlearning.network.Graph.Convolution.kernel;

import io.transferlearning.network.Graph.Initialiser;
import java.util.List;

/**
 * Residual networks (He et al. 2015, arXiv 1512.03385) as in torchvision: four stages of blocks
 * with a shortcut around each. Wide ResNet (Zagoruyko and Komodakis 2016, arXiv 1605.07146) and
 * ResNeXt (Xie et al. 2016, arXiv 1611.05431) only change the width of a bottleneck's 3x3
 * convolution and its groups.
 */
final class ResNet {
  private static final Initialiser HE = Initialiser.KAIMING_NORMAL;
  private static final int[] PLANES = {64, 128, 256, 512};

  private final Graph g = new Graph();
  private final Form form;

  private ResNet(Form form) {
    this.form = form;
  }

  /** Where a bottleneck's stride sits. */
  enum Stride {
    /** In the 3x3 convolution, torchvision's "version 1.5". */
    IN_THE_3X3,
    /** In the first 1x1 convolution, as the paper has it. */
    IN_THE_FIRST_1X1
  }

  /**
   * What tells one ResNet from another.
   *
   * @param blocks number of blocks of each stage
   * @param bottleneck blocks of 1x1, 3x3, 1x1 with four times the channels, or of two 3x3
   * @param stride where a bottleneck's stride sits
   * @param groups groups of a bottleneck's 3x3 convolution
   * @param groupWidth channels of each of them in the first stage; doubles from stage to stage
   */
  record Form(List<Integer> blocks, boolean bottleneck, Stride stride, int groups, int groupWidth) {
    static Form basic(Integer... blocks) {
      return new Form(List.of(blocks), false, Stride.IN_THE_3X3, 1, PLANES[0]);
    }

    static Form bottleneck(Integer... blocks) {
      return new Form(List.of(blocks), true, Stride.IN_THE_3X3, 1, PLANES[0]);
    }

    Form strideInTheFirst1x1() {
      return new Form(blocks, bottleneck, Stride.IN_THE_FIRST_1X1, groups, groupWidth);
    }

    /** Wide ResNet's: one group of {@code times} the channels. */
    Form wide(int times) {
      return new Form(blocks, bottleneck, stride, 1, times * PLANES[0]);
    }

    /** ResNeXt's, as in its names: {@code 32x4d} has 32 groups of width 4. */
    Form grouped(int count, int width) {
      return new Form(blocks, bottleneck, stride, count, width);
    }

    /** Channels inside a bottleneck of a stage. */
    int width(int planes) {
      return planes / PLANES[0] * groupWidth * groups;
    }

    int expansion() {
      return bottleneck ? 4 : 1;
    }
  }

  static Network of(String name, Form form, int classes) {
    return new ResNet(form).build(name, classes);
  }

  private Network build(String name, int classes) {
    Node x = g.conv("conv1", g.input(), 64, kernel(7).stride(2).padding(3).noBias(), HE);
    x = g.relu(g.batchNorm("bn1", x));
    x = g.maxPool(x, 3, 2, 1, false);
    for (int stage = 0; stage < PLANES.length; stage++) {
      for (int block = 0; block < form.blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x = block("layer" + (stage + 1) + "." + block, x, PLANES[stage], stride);
      }
    }
    x = g.features(g.flatten(g.adaptiveAvgPool(x, 1), 1));
    g.linear("fc", x, x.channels(), classes, Initialiser.TORCH);
    return g.build(name, classes, "fc");
  }

  private Node block(String name, Node x, int planes, int stride) {
    Node y =
        form.bottleneck() ? bottleneck(name, x, planes, stride) : basic(name, x, planes, stride);
    return g.relu(g.plus(y, shortcut(name, x, y.channels(), stride)));
  }

  private Node basic(String name, Node x, int planes, int stride) {
    Node y = g.relu(convNorm(name, 1, x, planes, kernel(3).stride(stride).padding(1)));
    return convNorm(name, 2, y, planes, kernel(3).padding(1));
  }

  private Node bottleneck(String name, Node x, int planes, int stride) {
    boolean first = form.stride() == Stride.IN_THE_FIRST_1X1;
    int width = form.width(planes);
    Node y = g.relu(convNorm(name, 1, x, width, kernel(1).stride(first ? stride : 1)));
    Graph.Convolution middle = kernel(3).stride(first ? 1 : stride).padding(1);
    y = g.relu(convNorm(name, 2, y, width, middle.groups(form.groups())));
    return convNorm(name, 3, y, planes * form.expansion(), kernel(1));
  }

  private Node convNorm(String block, int number, Node x, int out, Graph.Convolution convolution) {
    Node y = g.conv(block + ".conv" + number, x, out, convolution.noBias(), HE);
    return g.batchNorm(block + ".bn" + number, y);
  }

  private Node shortcut(String block, Node x, int channels, int stride) {
    if (stride == 1 && x.channels() == channels) {
      return x;
    }
    Node y = g.conv(block + ".downsample.0", x, channels, kernel(1).stride(stride).noBias(), HE);
    return g.batchNorm(block + ".downsample.1", y);
  }
}
