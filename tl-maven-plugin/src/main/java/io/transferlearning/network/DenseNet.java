package io.transferlearning.network;

import static io.transferlearning.network.Graph.Convolution.kernel;

import io.transferlearning.network.Graph.Convolution;
import io.transferlearning.network.Graph.Initialiser;
import java.util.List;

/**
 * Densely connected networks (Huang et al. 2016, arXiv 1608.06993) as in torchvision: in a block,
 * every layer sees the results of all layers before it. Normalisation comes before convolution.
 */
final class DenseNet {
  private static final Initialiser HE = Initialiser.KAIMING_NORMAL_IN;

  /** Channels of a layer's bottleneck, as a multiple of the growth. */
  private static final int BOTTLENECK = 4;

  private final Graph g = new Graph();
  private final Form form;

  private DenseNet(Form form) {
    this.form = form;
  }

  /**
   * What tells one DenseNet from another.
   *
   * @param growth channels that each layer adds
   * @param stem channels of the first convolution
   * @param layers number of layers of each block
   */
  record Form(int growth, int stem, List<Integer> layers) {
    static Form of(int growth, int stem, Integer... layers) {
      return new Form(growth, stem, List.of(layers));
    }
  }

  static Network of(String name, Form form, int classes) {
    return new DenseNet(form).build(name, classes);
  }

  private Network build(String name, int classes) {
    Node x = conv("features.conv0", g.input(), form.stem(), kernel(7).stride(2).padding(3));
    x = g.maxPool(normRelu("features.norm0", x), 3, 2, 1, false);
    int blocks = form.layers().size();
    for (int block = 1; block <= blocks; block++) {
      x = dense("features.denseblock" + block, x, form.layers().get(block - 1));
      if (block < blocks) {
        x = transition("features.transition" + block, x);
      }
    }
    x = normRelu("features.norm5", x);
    x = g.features(g.flatten(g.adaptiveAvgPool(x, 1), 1));
    g.linear("classifier", x, x.channels(), classes, Initialiser.TORCH_WEIGHT);
    return g.build(name, classes, "classifier");
  }

  private Node dense(String block, Node x, int layers) {
    Node all = x;
    for (int layer = 1; layer <= layers; layer++) {
      all = g.concat(all, layer(block + ".denselayer" + layer, all));
    }
    return all;
  }

  private Node layer(String name, Node x) {
    Node y = normRelu(name + ".norm1", x);
    y = conv(name + ".conv1", y, BOTTLENECK * form.growth(), kernel(1));
    y = normRelu(name + ".norm2", y);
    return conv(name + ".conv2", y, form.growth(), kernel(3).padding(1));
  }

  /** Halves the channels and the map. */
  private Node transition(String name, Node x) {
    Node y = conv(name + ".conv", normRelu(name + ".norm", x), x.channels() / 2, kernel(1));
    return g.avgPool(y, 2, 2);
  }

  private Node normRelu(String name, Node x) {
    return g.relu(g.batchNorm(name, x));
  }

  private Node conv(String name, Node x, int out, Convolution convolution) {
    return g.conv(name, x, out, convolution.noBias(), HE);
  }
}
