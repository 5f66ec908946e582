package io.transferlearning.benchmarks;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.loader.LoaderSpec;
import io.transferlearning.data.loader.MappedImageCache;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.data.transform.TrainingTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Epochs of the whole loader; the column {@code images} is what counts, in images a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class LoaderBenchmark {
  /** A folder with JPEG files somewhere below. */
  @Param("example-project/src/main/images")
  public String folder;

  @Param({"1", "2"})
  public int threads;

  /** Whether images are kept after their first epoch. */
  @Param({"true", "false"})
  public boolean cached;

  @Param({"true", "false"})
  public boolean training;

  private BatchLoader loader;
  private ImageCache cache;
  private int epoch;

  /** Counts images beside epochs. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Count {
    /** Loaded so far. */
    public long images;
  }

  /** Starts the loader. */
  @Setup
  public void start() throws IOException {
    List<LabeledImage> images = ImageFiles.below(Path.of(folder));
    Path file = Files.createTempDirectory("benchmark").resolve("images");
    cache = cached ? MappedImageCache.open(file, images.size(), 4L << 30) : ImageCache.none();
    loader = loader(images, cache, threads, training);
  }

  static BatchLoader loader(
      List<LabeledImage> images, ImageCache cache, int threads, boolean training) {
    var preprocessing = ImageFiles.preprocessing(Interpolation.BILINEAR);
    return new BatchLoader(
        images,
        training ? new TrainingTransform(preprocessing) : new EvaluationTransform(preprocessing),
        cache,
        training ? LoaderSpec.training(32, threads, 42) : LoaderSpec.evaluation(32, threads));
  }

  /** Stops it. */
  @TearDown
  public void stop() throws Exception {
    loader.close();
    cache.close();
  }

  /** One epoch. */
  @Benchmark
  public int epoch(Count count) {
    int images = read(loader, epoch++);
    count.images += images;
    return images;
  }

  static int read(BatchLoader loader, int epoch) {
    int images = 0;
    for (Iterator<Batch> batches = loader.epoch(epoch); batches.hasNext(); ) {
      images += batches.next().size();
    }
    return images;
  }
}
