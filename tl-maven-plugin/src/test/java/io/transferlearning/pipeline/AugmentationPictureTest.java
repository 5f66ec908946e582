package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.StripedImages;
import io.transferlearning.data.Dataset;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.data.transform.Augmentation;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationPictureTest {
  private static final Preprocessing SMALL = Preprocessing.imagenet(64);

  private final Path folder;

  AugmentationPictureTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theSameTrainingGivesTheSamePictureAndAnotherSeedAnother() throws IOException {
    Dataset dataset = dataset();
    byte[] one = picture(dataset, Augmentation.STRONG, 1);
    assertThat(picture(dataset, Augmentation.STRONG, 1)).isEqualTo(one);
    assertThat(picture(dataset, Augmentation.STRONG, 2)).isNotEqualTo(one);
    assertThat(picture(dataset, Augmentation.NONE, 1)).isNotEqualTo(one);
  }

  @Test
  void ofManyClassesTenAreShown() throws IOException {
    List<LabeledImage> images = dataset().train();
    List<LabeledImage> many =
        IntStream.range(0, 120)
            .mapToObj(label -> new LabeledImage(images.get(label % 12).file(), "x", label))
            .toList();
    List<String> classes = IntStream.range(0, 120).mapToObj(i -> "class " + i).toList();
    Dataset dataset = new Dataset(classes, many, List.of(), List.of(), List.of());
    picture(dataset, Augmentation.DEFAULT, 1);
    BufferedImage drawn = ImageIO.read(file());
    assertThat(drawn.getWidth()).isBetween(1000, 1300);
    assertThat(drawn.getHeight()).isBetween(500, 900);
  }

  private Dataset dataset() throws IOException {
    return ImageFolders.read(DatasetSpec.of(StripedImages.write(folder.resolve("images")), 1));
  }

  private byte[] picture(Dataset dataset, Augmentation augmentation, long seed) throws IOException {
    new AugmentationPicture(dataset, SMALL, augmentation, seed).write(file().toPath());
    return Files.readAllBytes(file().toPath());
  }

  private File file() {
    return folder.resolve("picture.png").toFile();
  }
}
