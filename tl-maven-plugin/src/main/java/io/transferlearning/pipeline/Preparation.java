package io.transferlearning.pipeline;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Preprocessing.Channels;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.weights.source.Catalogue;
import io.transferlearning.weights.source.PublishedWeights;
import java.util.List;
import java.util.Locale;

/** Prepares images as those were that the weights have learnt from. */
final class Preparation {
  private Preparation() {}

  /**
   * The catalogue's preprocessing for the network, scaled to the input that was asked for;
   * ImageNet's classic one for a network that the catalogue does not list.
   */
  static Preprocessing of(String model, int imageSize) {
    return Catalogue.find(model)
        .map(published -> scaled(published, imageSize))
        .orElseGet(() -> Preprocessing.imagenet(imageSize));
  }

  private static Preprocessing scaled(PublishedWeights published, int imageSize) {
    return new Preprocessing(
        Math.round((float) imageSize * published.resize() / published.inputSize()),
        imageSize,
        Interpolation.valueOf(published.interpolation().toUpperCase(Locale.ROOT)),
        channels(published.mean()),
        channels(published.deviation()));
  }

  private static Channels channels(List<Float> values) {
    return new Channels(values.get(0), values.get(1), values.get(2));
  }
}
