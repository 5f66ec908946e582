package io.transferlearning.pipeline;

import io.transferlearning.data.Balance;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.audit.Action;
import io.transferlearning.data.audit.Kind;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.weights.source.LocalWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@link TrainPipeline} needs.
 *
 * @param model torchvision's full name of the network
 * @param modes one or both; of both, the better model is packaged
 * @param dataset the images
 * @param audit what becomes of what is found about the images; of kinds left out, what is usual
 * @param weights what the network starts from; they are on this machine
 * @param imageSize height and width of the network's input, in pixels
 * @param precision {@code auto}, {@code fp32} or {@code bf16}
 * @param augmentation of training images, in fine-tuning
 * @param balance of the classes, in both modes
 * @param training what the user said about the training
 * @param processor what computes
 * @param seed of everything random
 * @param output the folder of all results
 * @param cache the folder of what builds share
 * @param cacheSize MiB that features of images may take there; 0 to keep none
 * @param archive the zip of the model
 * @param version of this plugin
 */
public record TrainRequest(
    String model,
    List<Mode> modes,
    DatasetSpec dataset,
    Map<Kind, Action> audit,
    LocalWeights weights,
    int imageSize,
    String precision,
    Augmentation augmentation,
    Balance balance,
    Training training,
    Processing processor,
    int seed,
    Path output,
    Path cache,
    int cacheSize,
    Path archive,
    String version) {

  /**
   * What the user said about the training; null where the default of the mode holds.
   *
   * @param epochs most epochs of either mode, at least 1
   * @param batchSize images in a step, at least 1
   * @param learningRate highest rate: of the head in feature extraction, of the body in fine-tuning
   * @param patience epochs without a better one after which training stops; 0 for never
   * @param headSolver {@code auto}, {@code lbfgs} or {@code adamw}
   * @param flippedViews whether the head also learns from the mirror images of training images
   * @param tuning about fine-tuning in particular
   */
  public record Training(
      @Nullable Integer epochs,
      @Nullable Integer batchSize,
      @Nullable Double learningRate,
      @Nullable Integer patience,
      @Nullable String headSolver,
      boolean flippedViews,
      Tuning tuning) {

    /** Nothing about fine-tuning in particular. */
    public Training(
        @Nullable Integer epochs,
        @Nullable Integer batchSize,
        @Nullable Double learningRate,
        @Nullable Integer patience,
        @Nullable String headSolver) {
      this(epochs, batchSize, learningRate, patience, headSolver, false, Tuning.SILENT);
    }

    /** With the solver that suits. */
    public Training(
        @Nullable Integer epochs,
        @Nullable Integer batchSize,
        @Nullable Double learningRate,
        @Nullable Integer patience) {
      this(epochs, batchSize, learningRate, patience, null);
    }
  }

  /**
   * What computes.
   *
   * @param device {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:N}, {@code gpu:N,M} or {@code
   *     gpu:all}
   * @param threads threads on the CPU, at least 1
   */
  public record Processing(String device, int threads) {}
}
