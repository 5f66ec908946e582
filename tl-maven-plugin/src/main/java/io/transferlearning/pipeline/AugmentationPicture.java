package io.transferlearning.pipeline;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.data.transform.ImageTransform;
import io.transferlearning.data.transform.TrainingTransform;
import io.transferlearning.report.AugmentationPlot;
import io.transferlearning.report.AugmentationPlot.Column;
import io.transferlearning.report.AugmentationPlot.Square;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The picture of what the network saw: the first training image of each class as evaluation would
 * see it, and as the first epochs of fine-tuning did, to the byte, because the random numbers
 * belong to (seed, epoch, image). Mixing happens in batches and is not shown.
 */
final class AugmentationPicture {
  /** Its file in the folder of a run. */
  static final String FILE = "augmentation.png";

  private static final int EPOCHS = 4;
  private static final int MOST_CLASSES = 10;

  private final Dataset dataset;
  private final long seed;
  private final ImageTransform evaluation;
  private final ImageTransform training;

  /**
   * The picture of a training.
   *
   * @param seed of the training
   */
  AugmentationPicture(
      Dataset dataset, Preprocessing preprocessing, Augmentation augmentation, long seed) {
    this.dataset = dataset;
    this.seed = seed;
    this.evaluation = new EvaluationTransform(preprocessing);
    this.training = new TrainingTransform(preprocessing, augmentation);
  }

  /** Draws it into a PNG file. */
  void write(Path png) throws IOException {
    int all = dataset.classes().size();
    int shown = Math.min(MOST_CLASSES, all);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      // Spread over all of them, first and last included.
      int label = shown == 1 ? 0 : Math.round((float) i * (all - 1) / (shown - 1));
      columns.add(column(label));
    }
    String title = "Training images, augmented" + (shown < all ? " (%d of %d classes)" : "");
    List<String> labels =
        Stream.concat(
                Stream.of("evaluation"),
                IntStream.rangeClosed(1, EPOCHS).mapToObj(epoch -> "epoch " + epoch))
            .toList();
    AugmentationPlot.write(png, title.formatted(shown, all), columns, labels);
  }

  private Column column(int label) {
    List<LabeledImage> images = dataset.train();
    int index =
        IntStream.range(0, images.size())
            .filter(i -> images.get(i).label() == label)
            .findFirst()
            .orElseThrow();
    Pixels image = ImageDecoder.decode(images.get(index).file());
    List<Square> versions = new ArrayList<>();
    versions.add(square(evaluation, image, RandomStream.of(seed)));
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      versions.add(square(training, image, RandomStream.of(seed, epoch, index)));
    }
    return new Column(dataset.classes().get(label), versions);
  }

  private static Square square(ImageTransform transform, Pixels image, RandomStream random) {
    byte[] rgb = new byte[transform.bytes()];
    transform.apply(image, random, ByteBuffer.wrap(rgb), 0);
    return new Square(transform.size(), rgb);
  }
}
