package io.transferlearning.network;

import static io.transferlearning.network.Graph.Convolution.kernel;

import io.transferlearning.network.Graph.Initialiser;

/**
 * SqueezeNet (Iandola et al. 2016, arXiv 1602.07360) as in torchvision: squeeze and expand ("fire")
 * modules, and a head that is a 1x1 convolution over the feature maps, then ReLU, then the mean
 * over positions.
 */
final class SqueezeNet {
  private static final Initialiser HE = Initialiser.KAIMING_UNIFORM;

  private SqueezeNet() {}

  /** The first version: 7x7 stem, 1.2 M parameters. */
  static Network version10(int classes) {
    Graph g = new Graph();
    Node x = g.relu(g.conv("features.0", g.input(), 96, kernel(7).stride(2), HE));
    x = pool(g, x);
    x = fire(g, "features.3", x, 16, 64);
    x = fire(g, "features.4", x, 16, 64);
    x = fire(g, "features.5", x, 32, 128);
    x = pool(g, x);
    x = fire(g, "features.7", x, 32, 128);
    x = fire(g, "features.8", x, 48, 192);
    x = fire(g, "features.9", x, 48, 192);
    x = fire(g, "features.10", x, 64, 256);
    x = pool(g, x);
    x = fire(g, "features.12", x, 64, 256);
    return classify(g, x, "squeezenet1_0", classes);
  }

  /** 3x3 stem and earlier pooling: 2.4 times less arithmetic than 1.0 at the same accuracy. */
  static Network version11(int classes) {
    Graph g = new Graph();
    Node x = g.relu(g.conv("features.0", g.input(), 64, kernel(3).stride(2), HE));
    x = pool(g, x);
    x = fire(g, "features.3", x, 16, 64);
    x = fire(g, "features.4", x, 16, 64);
    x = pool(g, x);
    x = fire(g, "features.6", x, 32, 128);
    x = fire(g, "features.7", x, 32, 128);
    x = pool(g, x);
    x = fire(g, "features.9", x, 48, 192);
    x = fire(g, "features.10", x, 48, 192);
    x = fire(g, "features.11", x, 64, 256);
    x = fire(g, "features.12", x, 64, 256);
    return classify(g, x, "squeezenet1_1", classes);
  }

  private static Node pool(Graph g, Node x) {
    return g.maxPool(x, 3, 2, 0, true);
  }

  /** Squeezes to few channels, then expands by a 1x1 and a 3x3 convolution side by side. */
  private static Node fire(Graph g, String name, Node x, int squeeze, int expand) {
    Node s = g.relu(g.conv(name + ".squeeze", x, squeeze, kernel(1), HE));
    Node one = g.relu(g.conv(name + ".expand1x1", s, expand, kernel(1), HE));
    Node three = g.relu(g.conv(name + ".expand3x3", s, expand, kernel(3).padding(1), HE));
    return g.concat(one, three);
  }

  private static Network classify(Graph g, Node features, String name, int classes) {
    Node x = g.dropout(g.features(features), 0.5);
    x = g.relu(g.conv("classifier.1", x, classes, kernel(1), Initialiser.SMALL_NORMAL));
    g.flatten(g.adaptiveAvgPool(x, 1), 1);
    return g.build(name, classes, "classifier.1");
  }
}
