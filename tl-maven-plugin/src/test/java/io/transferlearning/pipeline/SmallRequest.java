package io.transferlearning.pipeline;

import io.transferlearning.StripedImages;
import io.transferlearning.data.Balance;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.pipeline.TrainRequest.Processing;
import io.transferlearning.pipeline.TrainRequest.Training;
import io.transferlearning.weights.source.LocalWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that take seconds: striped images of 64 pixels, two epochs. */
final class SmallRequest {
  private SmallRequest() {}

  /** Training whose images, output and zip lie below {@code folder}; writes the images. */
  static TrainRequest in(Path folder, Mode... modes) throws IOException {
    StripedImages.write(folder.resolve("images"));
    return with(folder, 42, new Training(2, 4, null, null), modes);
  }

  /** As {@link #in}, without writing images. */
  static TrainRequest with(Path folder, int seed, Training training, Mode... modes) {
    return new TrainRequest(
        "squeezenet1_1",
        List.of(modes),
        DatasetSpec.of(folder.resolve("images"), seed),
        Map.of(),
        LocalWeights.embedded(),
        64,
        "fp32",
        Augmentation.DEFAULT,
        Balance.NONE,
        training,
        new Processing("cpu", 1),
        seed,
        folder.resolve("transfer"),
        folder.resolve("cache"),
        64,
        folder.resolve("small-model.zip"),
        "1.0");
  }

  /** The same with another place for the zip. */
  static TrainRequest packagedAs(TrainRequest request, Path archive) {
    return with(request, request.dataset(), archive);
  }

  /** The same on other images. */
  static TrainRequest withDataset(TrainRequest request, DatasetSpec dataset) {
    return with(request, dataset, request.archive());
  }

  private static TrainRequest with(TrainRequest request, DatasetSpec dataset, Path archive) {
    return new TrainRequest(
        request.model(),
        request.modes(),
        dataset,
        request.audit(),
        request.weights(),
        request.imageSize(),
        request.precision(),
        request.augmentation(),
        request.balance(),
        request.training(),
        request.processor(),
        request.seed(),
        request.output(),
        request.cache(),
        request.cacheSize(),
        archive,
        request.version());
  }

  /** A moving average of the weights, and nothing else about fine-tuning. */
  static Tuning averaged(double decay) {
    return new Tuning(
        null, null, null, null, null, null, null, null, null, decay, null, null, null, null, null,
        null, null, null);
  }

  /** What a user said about the training, and nothing else. */
  static Training training(@Nullable Integer epochs, @Nullable Double rate) {
    return new Training(epochs, null, rate, null);
  }
}
