package io.transferlearning.network;

import static io.transferlearning.network.Graph.Convolution.kernel;

import io.transferlearning.network.Graph.Initialiser;

/** Networks of some ten thousand parameters, whose steps take milliseconds. */
public final class SmallNetworks {
  private static final Initialiser HE = Initialiser.KAIMING_UNIFORM;

  private SmallNetworks() {}

  /** Convolutions with normalisations after them, one shortcut; no dropout. */
  public static Network normalised() {
    Graph g = new Graph();
    Node x = g.conv("conv1", g.input(), 16, kernel(7).stride(4).padding(3).noBias(), HE);
    x = g.maxPool(g.relu(g.batchNorm("bn1", x)), 3, 2, 1, false);
    for (String layer : new String[] {"layer1.0", "layer2.0"}) {
      Node y = g.conv(layer + ".conv1", x, 16, kernel(3).padding(1).noBias(), HE);
      x = g.relu(g.plus(g.batchNorm(layer + ".bn1", y), x));
    }
    return classify(g, "small_normalised", x);
  }

  /** Convolutions alone; with dropout before the head, or without. */
  public static Network plain(double dropout) {
    Graph g = new Graph();
    Node x = g.relu(g.conv("conv1", g.input(), 16, kernel(7).stride(4).padding(3), HE));
    x = g.maxPool(x, 3, 2, 1, false);
    x = g.relu(g.conv("layer1.0.conv1", x, 32, kernel(3).stride(2).padding(1), HE));
    x = g.relu(g.conv("layer2.0.conv1", x, 32, kernel(3).padding(1), HE));
    return classify(g, "small_plain", dropout > 0 ? g.dropout(x, dropout) : x);
  }

  /**
   * Sums of a convolution and: the image; a map that is needed later; one that is not, the other
   * way round; another convolution; itself. With a ReLU after them and without.
   */
  public static Network sums() {
    Graph g = new Graph();
    Node image = g.input();
    Node first = g.relu(g.plus(three(g, "conv1", image), image));
    Node second = g.plus(three(g, "conv2", first), first);
    Node third = g.relu(g.plus(first, g.batchNorm("bn3", three(g, "conv3", second))));
    Node fourth = g.plus(three(g, "conv4", third), three(g, "conv5", third));
    Node fifth = three(g, "conv6", fourth);
    return classify(g, "small_sums", g.concat(g.plus(fifth, fifth), second));
  }

  /**
   * Joined maps that go to: a convolution with a normalisation; pooling and another join before
   * one, one of them twice; a sum; a normalisation; the end.
   */
  public static Network joins() {
    Graph g = new Graph();
    Node image = g.input();
    Node one = g.relu(three(g, "conv1", image));
    Node two = g.relu(g.conv("conv2", image, 5, kernel(1), HE));
    Node joined = g.concat(one, two);
    Node third = g.relu(g.batchNorm("bn3", g.conv("conv3", joined, 8, kernel(3).padding(1), HE)));
    Node pooled = g.maxPool(joined, 3, 2, 1, false);
    Node again = g.concat(pooled, g.maxPool(two, 3, 2, 1, false), pooled);
    Node fourth = g.conv("conv4", again, 4, kernel(1), HE);
    Node fifth = g.relu(g.plus(g.conv("conv5", joined, 8, kernel(1), HE), g.concat(one, two)));
    Node sixth = g.maxPool(g.relu(g.batchNorm("bn6", g.concat(third, fifth))), 3, 2, 1, false);
    return classify(g, "small_joins", g.concat(fourth, sixth));
  }

  private static Node three(Graph g, String name, Node x) {
    return g.conv(name, x, 3, kernel(3).padding(1), HE);
  }

  private static Network classify(Graph g, String name, Node x) {
    Node features = g.features(g.flatten(g.adaptiveAvgPool(x, 1), 1));
    g.linear("fc", features, features.channels(), 3, Initialiser.TORCH);
    return g.build(name, 3, "fc");
  }
}
