package io.transferlearning.training;

import io.transferlearning.StripedImages;
import io.transferlearning.data.Balance;
import io.transferlearning.data.Dataset;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.engine.Processor;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.source.EmbeddedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trainings that take a second: striped images of 64 pixels. */
final class SmallTask {
  static final Preprocessing PREPROCESSING = Preprocessing.imagenet(64);
  static final Network SQUEEZENET = Networks.of("squeezenet1_1", 3);
  static final Network RESNET = Networks.of("resnet18", 3);

  private SmallTask() {}

  /** A task whose files, working folder {@code work} included, lie below {@code folder}. */
  static TrainingTask of(Path folder, Network network, int seed) throws IOException {
    return of(folder, network, Augmentation.DEFAULT, Balance.NONE, seed, 2);
  }

  /** Likewise, with other images for the network; {@code threads} decode. */
  static TrainingTask of(
      Path folder,
      Network network,
      Augmentation augmentation,
      Balance balance,
      int seed,
      int threads)
      throws IOException {
    Path images = StripedImages.write(folder.resolve("images"));
    Dataset dataset = ImageFolders.read(DatasetSpec.of(images, seed));
    Path work = Files.createDirectories(folder.resolve("work"));
    return new TrainingTask(
        Processor.start("cpu", 2, seed),
        Numerics.SINGLE,
        network,
        dataset,
        PREPROCESSING,
        augmentation,
        balance,
        seed,
        threads,
        work,
        Listener.NONE);
  }

  /** The same task, with a listener. */
  static TrainingTask heard(TrainingTask task, Listener listener) {
    return with(task, task.processor(), task.numerics(), task.preprocessing(), listener);
  }

  /** The same task, with images of another size. */
  static TrainingTask seen(TrainingTask task, Preprocessing preprocessing) {
    return with(task, task.processor(), task.numerics(), preprocessing, task.listener());
  }

  /** The same task, on another processor and in other numbers. */
  static TrainingTask on(TrainingTask task, Processor processor, Numerics numerics) {
    return with(task, processor, numerics, task.preprocessing(), task.listener());
  }

  private static TrainingTask with(
      TrainingTask task,
      Processor processor,
      Numerics numerics,
      Preprocessing preprocessing,
      Listener listener) {
    return new TrainingTask(
        processor,
        numerics,
        task.network(),
        task.dataset(),
        preprocessing,
        task.augmentation(),
        task.balance(),
        task.seed(),
        task.threads(),
        task.workFolder(),
        listener);
  }

  /** The weights in the plugin, with a fresh head. */
  static Map<String, Tensor> pretrained(Network network, long seed) {
    Optional<StateDict> published = EmbeddedWeights.open(network.name());
    return StartingWeights.of(network, "pretrained", published, seed);
  }

  static Map<String, Tensor> random(Network network, long seed) {
    return StartingWeights.of(network, "none", Optional.empty(), seed);
  }

  /** Names of the tensors that are not the same byte for byte. */
  static List<String> changed(Map<String, Tensor> before, Map<String, Tensor> after) {
    List<String> names = new ArrayList<>();
    before.forEach(
        (name, tensor) -> {
          if (!tensor.equals(after.get(name))) {
            names.add(name);
          }
        });
    return names;
  }
}
