package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.weights.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenFeaturesTest {
  private static final HeadSolver LBFGS = new HeadSolver.Lbfgs(20);

  private final Path folder;
  private final FeatureCacheSpec cache;

  /** How many images were known of how many, and how many calls of the trunk there were. */
  private final List<String> heard = new ArrayList<>();

  FrozenFeaturesTest(@TempDir Path folder) {
    this.folder = folder;
    this.cache = new FeatureCacheSpec(folder.resolve("cache"), 64 << 20);
  }

  @Test
  void aSecondTrainingComputesNothingAndGivesTheSameBytes() throws IOException {
    Map<String, Tensor> first = train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1));
    Map<String, Tensor> second = train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1));

    assertThat(heard).containsExactly("0 of 18 known, 18 new", "18 of 18 known, 0 new");
    assertThat(second).isEqualTo(first);
  }

  @Test
  void newImagesAloneAreComputedAndTheBytesAreThoseOfATrainingWithoutCache() throws IOException {
    train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1));
    for (int i = 0; i < 2; i++) {
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      image.setRGB(3, 4, 0xFFFFFF - i);
      ImageIO.write(image, "png", folder.resolve("images/train/red/new" + i + ".png").toFile());
    }

    Map<String, Tensor> with = train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1));
    Map<String, Tensor> without =
        train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1), FeatureCacheSpec.NONE);

    assertThat(heard)
        .containsExactly("0 of 18 known, 18 new", "18 of 20 known, 2 new", "0 of 20 known, 20 new");
    assertThat(with).isEqualTo(without);
  }

  @Test
  void theHeadDoesNotMatterAndTheTrunkDoes() throws IOException {
    train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1));
    train(SmallTask.pretrained(SmallTask.SQUEEZENET, 2));
    train(SmallTask.random(SmallTask.SQUEEZENET, 1));

    assertThat(heard)
        .containsExactly("0 of 18 known, 18 new", "18 of 18 known, 0 new", "0 of 18 known, 18 new");
  }

  @Test
  void aDamagedEntryIsComputedAgain() throws IOException {
    Map<String, Tensor> first = train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1));
    try (Stream<Path> files = Files.walk(cache.folder())) {
      Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[100] ^= 1;
      Files.write(file, bytes);
    }

    assertThat(train(SmallTask.pretrained(SmallTask.SQUEEZENET, 1))).isEqualTo(first);
    assertThat(heard).containsExactly("0 of 18 known, 18 new", "17 of 18 known, 1 new");
  }

  @Test
  void mirrorImagesAreFurtherTrainingImagesThatAreKnownApart() throws IOException {
    Map<String, Tensor> start = SmallTask.pretrained(SmallTask.SQUEEZENET, 1);
    Map<String, Tensor> plain = train(start);
    Map<String, Tensor> both = train(start, cache, LBFGS, true);
    Map<String, Tensor> again = train(start, cache, LBFGS, true);
    train(start, cache, HeadSolver.adamw(), true);

    // Twelve for training and six for validation.
    assertThat(heard)
        .containsExactly(
            "0 of 18 known, 18 new",
            "18 of 30 known, 12 new",
            "30 of 30 known, 0 new",
            "30 of 30 known, 0 new");
    assertThat(both).isEqualTo(again).isNotEqualTo(plain);
  }

  private Map<String, Tensor> train(Map<String, Tensor> weights) throws IOException {
    return train(weights, cache);
  }

  private Map<String, Tensor> train(Map<String, Tensor> weights, FeatureCacheSpec spec)
      throws IOException {
    return train(weights, spec, LBFGS, false);
  }

  private Map<String, Tensor> train(
      Map<String, Tensor> weights, FeatureCacheSpec spec, HeadSolver solver, boolean flippedViews)
      throws IOException {
    TrainingTask quiet = SmallTask.of(folder, SmallTask.SQUEEZENET, 1);
    TrainingTask task = SmallTask.heard(quiet, new Counting());
    return new FeatureExtraction(task, Recipe.featureExtraction(), solver, spec, flippedViews)
        .train(weights)
        .tensors();
  }

  private final class Counting implements Listener {
    private int known;

    @Override
    public void found(int known, int all) {
      this.known = known;
    }

    @Override
    public void features(int done, int all) {
      if (done == all) {
        heard.add(known + " of " + all + " known, " + (done - known) + " new");
      }
    }
  }
}
