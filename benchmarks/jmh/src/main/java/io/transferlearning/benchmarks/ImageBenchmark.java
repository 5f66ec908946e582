package io.transferlearning.benchmarks;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.Resampler;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.data.transform.ImageTransform;
import io.transferlearning.data.transform.TrainingTransform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** Images a second on one thread, stage by stage. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ImageBenchmark {
  private static final int KEPT = 200;

  /** A folder with JPEG files somewhere below. */
  @Param("example-project/src/main/images")
  public String folder;

  @Param({"BILINEAR", "BICUBIC"})
  public Interpolation interpolation;

  private List<LabeledImage> files;
  private Pixels[] images;
  private Resampler resampler;
  private ImageTransform evaluation;
  private ImageTransform training;
  private ByteBuffer target;
  private int next;

  /** Decodes what is resized. */
  @Setup
  public void prepare() throws IOException {
    files = ImageFiles.below(Path.of(folder));
    images = ImageFiles.decoded(files, KEPT);
    resampler = new Resampler(interpolation);
    evaluation = new EvaluationTransform(ImageFiles.preprocessing(interpolation));
    training = new TrainingTransform(ImageFiles.preprocessing(interpolation));
    target = ByteBuffer.allocateDirect(training.bytes());
  }

  private Pixels image() {
    return images[next++ % images.length];
  }

  /** Reads a file and decodes it. */
  @Benchmark
  public Pixels decode() {
    return ImageDecoder.decode(files.get(next++ % files.size()).file());
  }

  /** All of an image to 256 x 256. */
  @Benchmark
  public Pixels resize() {
    return resampler.resize(image(), 256, 256);
  }

  /** Resize to 256 and the centre of 224. */
  @Benchmark
  public ByteBuffer evaluationTransform() {
    evaluation.apply(image(), RandomStream.of(1), target, 0);
    return target;
  }

  /** A random crop, resized to 224, and flipped or not. */
  @Benchmark
  public ByteBuffer trainingTransform() {
    training.apply(image(), RandomStream.of(1, next), target, 0);
    return target;
  }
}
