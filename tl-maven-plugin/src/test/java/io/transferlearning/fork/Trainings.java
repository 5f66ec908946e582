package io.transferlearning.fork;

import io.transferlearning.data.Balance;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.pipeline.Mode;
import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.weights.source.LocalWeights;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Requests and launches of small trainings below one folder. */
final class Trainings {
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final int EPOCHS_WITHOUT_END = 100_000;

  private final Path folder;

  Trainings(Path folder) {
    this.folder = folder;
  }

  Path images() {
    return folder.resolve("images");
  }

  Path output() {
    return folder.resolve("transfer");
  }

  Path archive() {
    return folder.resolve("small-model.zip");
  }

  Path trainerFolder() {
    return output().resolve(".trainer");
  }

  /** Two epochs of the head. */
  TrainRequest brief() {
    return request(List.of(Mode.FEATURE_EXTRACTION), LocalWeights.embedded(), 2, output());
  }

  /** More epochs than anybody waits for, of all layers from the first one on. */
  TrainRequest endless() {
    return request(List.of(Mode.FINETUNE), LocalWeights.none(), EPOCHS_WITHOUT_END, output());
  }

  /** Four epochs of all layers, the head first. */
  TrainRequest fineTuning() {
    return request(List.of(Mode.FINETUNE), LocalWeights.embedded(), 4, output());
  }

  /** Nothing to train, which no user can ask for. */
  TrainRequest impossible() {
    return request(List.of(), LocalWeights.embedded(), 1, output());
  }

  /** Two epochs of the head, with results elsewhere. */
  TrainRequest into(Path elsewhere) {
    return request(List.of(Mode.FEATURE_EXTRACTION), LocalWeights.embedded(), 2, elsewhere);
  }

  /** Two epochs of the head by so many threads. */
  TrainRequest withThreads(int threads) {
    List<Mode> modes = List.of(Mode.FEATURE_EXTRACTION);
    return request(modes, LocalWeights.embedded(), 2, output(), threads);
  }

  private TrainRequest request(List<Mode> modes, LocalWeights weights, int epochs, Path output) {
    return request(modes, weights, epochs, output, 1);
  }

  private TrainRequest request(
      List<Mode> modes, LocalWeights weights, int epochs, Path output, int threads) {
    return new TrainRequest(
        "squeezenet1_1",
        modes,
        DatasetSpec.of(images(), 42),
        Map.of(),
        weights,
        64,
        "fp32",
        Augmentation.DEFAULT,
        Balance.NONE,
        new TrainRequest.Training(epochs, 16, null, 0),
        new TrainRequest.Processing("cpu", threads),
        42,
        output,
        folder.resolve("cache"),
        64,
        archive(),
        "test");
  }

  Launch launch(String... jvmArguments) {
    return launch(JAVA, classPath(), sharedCache(), Duration.ZERO, jvmArguments);
  }

  Launch launch(
      Path java, List<Path> classPath, Path cache, Duration timeout, String... jvmArguments) {
    return new Launch(
        java, classPath, null, List.of(jvmArguments), cache, trainerFolder(), 1, timeout);
  }

  /** A launch with a libtorch of the user's, and none on the class path. */
  Launch with(OwnLibtorch libtorch) {
    List<Path> classPath =
        classPath().stream().filter(file -> !file.toString().contains("pytorch-native")).toList();
    return new Launch(
        JAVA, classPath, libtorch, List.of(), sharedCache(), trainerFolder(), 1, Duration.ZERO);
  }

  /** The class path of the tests, natives included. */
  static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  /** DJL's own, so that natives are unpacked once for all tests. */
  static Path sharedCache() {
    return Path.of(System.getProperty("user.home"), ".djl.ai");
  }
}
