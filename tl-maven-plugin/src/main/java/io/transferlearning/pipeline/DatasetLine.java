package io.transferlearning.pipeline;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The console's line about a dataset. */
final class DatasetLine {
  private DatasetLine() {}

  static String of(Dataset dataset) {
    List<Long> sizes =
        IntStream.range(0, dataset.classes().size())
            .mapToObj(label -> ofClass(dataset.train(), label))
            .toList();
    return "data    %d train, %d validation, %d test images of %d classes (train min %d, max %d)"
        .formatted(
            dataset.train().size(),
            dataset.validation().size(),
            dataset.test().size(),
            dataset.classes().size(),
            Collections.min(sizes),
            Collections.max(sizes));
  }

  private static long ofClass(List<LabeledImage> images, int label) {
    return images.stream().filter(image -> image.label() == label).count();
  }
}
