package io.transferlearning.benchmarks;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.loader.MappedImageCache;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.data.transform.ImageTransform;
import io.transferlearning.data.transform.TrainingTransform;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Our side of {@code benchmarks/loader.py}: {@code FOLDER THREADS EPOCHS train|evaluate|stages}.
 * Epochs end with normalised floats in libtorch, as the network gets them. Prints a line {@code NAME NUMBER...} for each thing that was measured: images of each epoch for a
 * second, and for a second of a core's time; or of each stage for a second of a core's time.
 */
public final class LoaderRates {
  private static final int KEPT = 200;

  private LoaderRates() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    List<LabeledImage> images = ImageFiles.below(Path.of(arguments[0]));
    int threads = Integer.parseInt(arguments[1]);
    int epochs = Integer.parseInt(arguments[2]);
    if (arguments[3].equals("stages")) {
      stages(images, epochs);
      return;
    }
    boolean training = arguments[3].equals("train");
    Path folder = Files.createTempDirectory("benchmark");
    try (Normalising normalising = Normalising.start(folder, threads);
        ImageCache cache =
            MappedImageCache.open(folder.resolve("images"), images.size(), 16L << 30)) {
      // The first epoch of this is that of a fresh JVM: it decodes, and keeps what it decoded.
      epochs("kept", images, cache, normalising, threads, training, epochs);
      epochs("decoding", images, ImageCache.none(), normalising, threads, training, 2);
    }
    Files.delete(folder);
  }

  private static void epochs(
      String name,
      List<LabeledImage> images,
      ImageCache cache,
      Normalising normalising,
      int threads,
      boolean training,
      int epochs) {
    List<Double> rates = new ArrayList<>();
    List<Double> processorRates = new ArrayList<>();
    try (BatchLoader loader = LoaderBenchmark.loader(images, cache, threads, training)) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        long start = System.nanoTime();
        long processorStart = processorNanos();
        int read = 0;
        for (Iterator<Batch> batches = loader.epoch(epoch); batches.hasNext(); ) {
          read += normalising.apply(batches.next());
        }
        rates.add(read / ((System.nanoTime() - start) / 1e9));
        processorRates.add(read / ((processorNanos() - processorStart) / 1e9));
      }
    }
    print(name, rates);
    print(name + "-processor", processorRates);
  }

  /** The time of all threads, garbage collection and compilation included. */
  private static long processorNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void stages(List<LabeledImage> images, int rounds) {
    Pixels[] decoded = ImageFiles.decoded(images, KEPT);
    var preprocessing = ImageFiles.preprocessing(Interpolation.BILINEAR);
    ImageTransform evaluation = new EvaluationTransform(preprocessing);
    ImageTransform training = new TrainingTransform(preprocessing);
    ByteBuffer target = ByteBuffer.allocateDirect(training.bytes());
    stage("decode", rounds, decoded, i -> ImageDecoder.decode(images.get(i).file()));
    stage(
        "evaluate",
        rounds,
        decoded,
        i -> evaluation.apply(decoded[i], RandomStream.of(1), target, 0));
    stage(
        "train",
        rounds,
        decoded,
        i -> training.apply(decoded[i], RandomStream.of(1, i), target, 0));
  }

  /** By the thread's own time, which other processes do not take from. */
  private static void stage(String name, int rounds, Pixels[] images, IntConsumer work) {
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < images.length; i++) {
        work.accept(i);
      }
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      rates.add(images.length / (nanos / 1e9));
    }
    print(name, rates);
  }

  private static void print(String name, List<Double> rates) {
    StringBuilder line = new StringBuilder(name);
    rates.forEach(rate -> line.append(String.format(Locale.ROOT, " %.1f", rate)));
    System.out.println(line);
  }
}
