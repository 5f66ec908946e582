package io.transferlearning.network;

import static io.transferlearning.network.Graph.Convolution.kernel;

import io.transferlearning.network.Graph.Initialiser;
import java.util.List;

/**
 * VGG (Simonyan and Zisserman 2014, arXiv 1409.1556) as in torchvision: five stages of 3x3
 * convolutions, each halved by pooling, and three linear layers. The last linear layer is the head;
 * the two before it belong to the trunk.
 */
final class Vgg {
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};
  private static final int HIDDEN = 4096;
  private static final int GRID = 7;

  private final Graph g = new Graph();
  private final Form form;

  /** Position in torchvision's sequence {@code features}, where every step counts. */
  private int position;

  private Vgg(Form form) {
    this.form = form;
  }

  /**
   * What tells one VGG from another.
   *
   * @param convolutions number of convolutions of each stage
   * @param normalised whether batch normalisation follows each of them
   */
  record Form(List<Integer> convolutions, boolean normalised) {
    static Form plain(Integer... convolutions) {
      return new Form(List.of(convolutions), false);
    }

    Form withBatchNorm() {
      return new Form(convolutions, true);
    }
  }

  static Network of(String name, Form form, int classes) {
    return new Vgg(form).build(name, classes);
  }

  private Network build(String name, int classes) {
    Node x = g.input();
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int i = 0; i < form.convolutions().get(stage); i++) {
        x = convolution(x, CHANNELS[stage]);
      }
      x = g.maxPool(x, 2, 2, 0, false);
      position++;
    }
    x = g.flatten(g.adaptiveAvgPool(x, GRID), GRID * GRID);
    x = hidden("classifier.0", x);
    x = g.features(hidden("classifier.3", x));
    g.linear("classifier.6", x, HIDDEN, classes, Initialiser.SMALL_NORMAL);
    return g.build(name, classes, "classifier.6");
  }

  private Node convolution(Node x, int channels) {
    Node y = g.conv(next(), x, channels, kernel(3).padding(1), Initialiser.KAIMING_NORMAL);
    if (form.normalised()) {
      y = g.batchNorm(next(), y);
    }
    position++; // the ReLU
    return g.relu(y);
  }

  private String next() {
    return "features." + position++;
  }

  private Node hidden(String name, Node x) {
    Node y = g.linear(name, x, x.channels(), HIDDEN, Initialiser.SMALL_NORMAL);
    return g.dropout(g.relu(y), 0.5);
  }
}
