package io.transferlearning.network;

import static io.transferlearning.network.Graph.Convolution.kernel;

import io.transferlearning.network.Graph.Initialiser;

/**
 * AlexNet as in torchvision: the single-column form of Krizhevsky 2014 (arXiv 1404.5997), five
 * convolutions and three linear layers. The last linear layer is the head; the two before it belong
 * to the trunk.
 */
final class AlexNet {
  private static final Initialiser TORCH = Initialiser.TORCH;
  private static final int HIDDEN = 4096;
  private static final int GRID = 6;

  private AlexNet() {}

  static Network of(String name, int classes) {
    Graph g = new Graph();
    Node x = g.conv("features.0", g.input(), 64, kernel(11).stride(4).padding(2), TORCH);
    x = pool(g, g.relu(x));
    x = pool(g, g.relu(g.conv("features.3", x, 192, kernel(5).padding(2), TORCH)));
    x = g.relu(g.conv("features.6", x, 384, kernel(3).padding(1), TORCH));
    x = g.relu(g.conv("features.8", x, 256, kernel(3).padding(1), TORCH));
    x = pool(g, g.relu(g.conv("features.10", x, 256, kernel(3).padding(1), TORCH)));
    x = g.dropout(g.flatten(g.adaptiveAvgPool(x, GRID), GRID * GRID), 0.5);
    x = g.relu(g.linear("classifier.1", x, x.channels(), HIDDEN, TORCH));
    x = g.dropout(x, 0.5);
    x = g.features(g.relu(g.linear("classifier.4", x, HIDDEN, HIDDEN, TORCH)));
    g.linear("classifier.6", x, HIDDEN, classes, TORCH);
    return g.build(name, classes, "classifier.6");
  }

  private static Node pool(Graph g, Node x) {
    return g.maxPool(x, 3, 2, 0, false);
  }
}
