package io.transferlearning.training.head;

import ai.djl.ndarray.NDArray;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Multinomial logistic regression on the rows of one set of images, in libtorch. The rows stay in
 * memory, standardised, where they fit; otherwise every pass reads them again, a chunk at a time,
 * so that memory does not grow with the set.
 */
final class SoftmaxRegression implements AutoCloseable {
  /** Bytes of rows that are kept. */
  private static final long RESIDENT = 1L << 30;

  /** Bytes of rows that are computed with in one call, which takes some ten times as much. */
  private static final int CHUNK = 4 << 20;

  private final TorchModule module;
  private final TorchModule.Scope memory;
  private final FeatureRows rows;
  private final int classes;
  private final NDArray importance;
  private final int chunkRows;
  private final boolean resident;
  private final List<Chunk> chunks = new ArrayList<>();
  private Standardization standardization;

  /** Some images' rows, standardised, and their classes, on the device. */
  private record Chunk(NDArray rows, NDArray labels, int images) {}

  private SoftmaxRegression(TorchModule module, FeatureRows rows, double[] importance) {
    this.module = module;
    this.memory = module.scope();
    this.rows = rows;
    this.classes = importance.length;
    this.importance = memory.doubles(importance);
    long rowBytes = (long) rows.width() * Float.BYTES;
    this.chunkRows = Math.toIntExact(Math.max(1, CHUNK / rowBytes));
    this.resident = rows.size() * rowBytes <= RESIDENT;
    this.standardization = new Standardization(new double[0], new double[0]);
  }

  /** Writes and loads the code that all regressions of a training share. */
  static TorchModule code(Processor processor, Path workFolder) throws IOException {
    Path archive = workFolder.resolve("softmax.pt");
    SoftmaxCode.write(archive);
    TorchModule module = processor.load(archive);
    Files.delete(archive);
    return module;
  }

  /** On rows that say themselves how they are standardised. */
  static SoftmaxRegression training(TorchModule code, FeatureRows rows, double[] importance) {
    SoftmaxRegression all = new SoftmaxRegression(code, rows, importance);
    all.standardization = Standardization.of(all.moments(), rows.size());
    return all;
  }

  /** On other rows, standardised as {@code training} is. */
  static SoftmaxRegression like(SoftmaxRegression training, FeatureRows rows) {
    double[] importance = training.importance.toDoubleArray();
    SoftmaxRegression all = new SoftmaxRegression(training.module, rows, importance);
    all.standardization = training.standardization;
    return all;
  }

  int classes() {
    return classes;
  }

  /** Elements of a point. */
  int variables() {
    return Math.addExact(Math.multiplyExact(classes, rows.width()), classes);
  }

  Standardization standardization() {
    return standardization;
  }

  /** Sums over all images at {@code point}. */
  Measure measure(double[] point) {
    Measure[] total = {Measure.NONE};
    try (TorchModule.Scope scope = module.scope()) {
      NDArray at = scope.doubles(point);
      each(
          chunk -> {
            NDArray result = call("measure", chunk.rows(), chunk.labels(), importance, at);
            total[0] = total[0].plus(Measure.of(chunk.images(), result.toDoubleArray()));
            return result;
          });
    }
    return total[0];
  }

  /** Each image's loss at {@code point}. */
  double[] losses(double[] point) {
    double[] losses = new double[rows.size()];
    int[] done = {0};
    try (TorchModule.Scope scope = module.scope()) {
      NDArray at = scope.doubles(point);
      each(
          chunk -> {
            NDArray result = call("losses", chunk.rows(), chunk.labels(), importance, at);
            System.arraycopy(result.toDoubleArray(), 0, losses, done[0], chunk.images());
            done[0] += chunk.images();
            return result;
          });
    }
    return losses;
  }

  /** The weight of each image's class. */
  double[] weights() {
    double[] byClass = importance.toDoubleArray();
    return Arrays.stream(rows.labels(0, rows.size()))
        .mapToDouble(label -> byClass[(int) label])
        .toArray();
  }

  /**
   * The same as {@link #measure(double[])}, and the derivatives of the weighted mean loss.
   *
   * @param gradient is overwritten
   */
  Measure measure(double[] point, double[] gradient) {
    Measure[] total = {Measure.NONE};
    Arrays.fill(gradient, 0);
    try (TorchModule.Scope scope = module.scope()) {
      NDArray at = scope.doubles(point);
      each(
          chunk -> {
            NDArray result = call("objective", chunk.rows(), chunk.labels(), importance, at);
            double[] numbers = result.toDoubleArray();
            total[0] = total[0].plus(Measure.of(chunk.images(), numbers));
            for (int i = 0; i < gradient.length; i++) {
              gradient[i] += numbers[Measure.SUMS + i];
            }
            return result;
          });
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= total[0].weights();
    }
    return total[0];
  }

  private double[] moments() {
    double[] sums = new double[2 * rows.width()];
    for (int from = 0; from < rows.size(); from += chunkRows) {
      try (TorchModule.Scope scope = module.scope()) {
        double[] some = call("moments", plain(scope, from)).toDoubleArray();
        for (int i = 0; i < sums.length; i++) {
          sums[i] += some[i];
        }
      }
    }
    return sums;
  }

  /** Hands every chunk to {@code use}, and frees what it returns. */
  private void each(Function<Chunk, NDArray> use) {
    if (resident) {
      for (int from = chunks.size() * chunkRows; from < rows.size(); from += chunkRows) {
        chunks.add(chunk(memory, from));
      }
      chunks.forEach(chunk -> use.apply(chunk).close());
      return;
    }
    for (int from = 0; from < rows.size(); from += chunkRows) {
      try (TorchModule.Scope scope = module.scope()) {
        Chunk chunk = chunk(scope, from);
        use.apply(chunk).close();
      }
    }
  }

  private Chunk chunk(TorchModule.Scope owner, int from) {
    int to = end(from);
    try (TorchModule.Scope scope = module.scope()) {
      NDArray center = scope.doubles(standardization.center());
      NDArray factor = scope.doubles(standardization.factor());
      NDArray result = call("standardized", plain(scope, from), center, factor);
      return new Chunk(owner.keep(result), owner.integers(rows.labels(from, to)), to - from);
    }
  }

  private NDArray plain(TorchModule.Scope scope, int from) {
    int to = end(from);
    return scope.floats(rows.rows(from, to), to - from, rows.width());
  }

  private int end(int from) {
    return Math.min(rows.size(), from + chunkRows);
  }

  private NDArray call(String method, NDArray... arguments) {
    return module.call(method, arguments).singletonOrThrow();
  }

  /** Frees the rows. The code stays. */
  @Override
  public void close() {
    memory.close();
  }
}
