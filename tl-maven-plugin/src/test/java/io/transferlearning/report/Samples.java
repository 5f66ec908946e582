package io.transferlearning.report;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.Prediction;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.gate.Gate;
import io.transferlearning.gate.Rule;
import io.transferlearning.report.ReportData.Check;
import io.transferlearning.report.ReportData.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up runs, the same every time. */
final class Samples {
  static final List<String> SCENES =
      List.of("buildings", "forest", "glacier", "mountain", "sea", "street");

  private Samples() {}

  /** A training that learns quickly and then begins to overfit. */
  static History history(int epochs) {
    Random random = new Random(1);
    List<Epoch> all = new ArrayList<>();
    int best = 0;
    double bestAccuracy = -1;
    for (int i = 1; i <= epochs; i++) {
      double t = i / 4.0;
      double noise = random.nextGaussian() * 0.004;
      double validation = 0.925 - 0.3 * Math.exp(-t) - 0.0004 * i + noise;
      double train = 0.99 - 0.45 * Math.exp(-t * 0.8);
      all.add(
          new Epoch(
              i,
              0.02 + 1.3 * Math.exp(-t * 0.8),
              0.23 + 0.9 * Math.exp(-t) + 0.003 * i + noise,
              train,
              validation,
              1e-3,
              4.5));
      if (validation > bestAccuracy) {
        bestAccuracy = validation;
        best = i;
      }
    }
    return new History(all, best);
  }

  /** Predictions of which about nine tenths are right; neighbours are confused most. */
  static Predictions predictions(List<String> classes, int each) {
    Random random = new Random(2);
    List<Prediction> images = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (int i = 0; i < each; i++) {
        float[] p = new float[classes.size()];
        float sum = 0;
        for (int c = 0; c < p.length; c++) {
          int distance = Math.abs(c - label);
          double logit =
              1.3 * (random.nextGaussian() + (distance == 0 ? 4.2 : distance == 1 ? 1.5 : 0));
          p[c] = (float) Math.exp(logit);
          sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
          p[c] /= sum;
        }
        images.add(Prediction.of(classes.get(label) + "/" + (20000 + i) + ".jpg", label, p));
      }
    }
    return new Predictions(classes, images);
  }

  static List<String> classes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "class number " + i).toList();
  }

  static ReportData report() {
    Predictions predictions = predictions(SCENES, 40);
    return new ReportData(
        "resnet18, fine-tuned",
        Gate.judge(
            Metrics.of(predictions),
            List.of(
                Rule.parse("accuracy", null, "80%", null),
                Rule.parse("recall", "glacier", "0.98", null))),
        List.of(
            new Fact("Backbone", "resnet18, ImageNet weights"),
            new Fact("Device", "cpu, bf16"),
            new Fact("Seed", "42")),
        List.of(
            new Check("warn", "3 images are in more than one class", 3, List.of("a = b", "c = d"))),
        Metrics.of(predictions),
        predictions,
        history(20),
        null);
  }
}
