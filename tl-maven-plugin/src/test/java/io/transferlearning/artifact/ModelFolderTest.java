package io.transferlearning.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.transferlearning.StripedImages;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Scoring;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.Safetensors;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
  private final Path folder;

  ModelFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aModelIsTheseFiles() throws IOException {
    SmallModel.write(folder);

    assertThat(names(folder))
        .contains(
            "model.json",
            "serving.properties",
            "squeezenet1_1.pt",
            "squeezenet1_1.safetensors",
            "synset.txt");
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path one = SmallModel.write(folder.resolve("one"));
    Path two = SmallModel.write(folder.resolve("two"));

    assertThat(names(one)).isEqualTo(names(two));
    for (String name : names(one)) {
      assertThat(two.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
    }
  }

  @Test
  void safetensorsHoldTheWeightsUnderTorchvisionsNames() throws IOException {
    SmallModel.write(folder);

    StateDict state = Safetensors.read(folder.resolve("squeezenet1_1.safetensors"));

    assertThat(state.tensors()).isEqualTo(SmallModel.TENSORS);
    assertThat(state.architecture()).contains("squeezenet1_1");
  }

  @Test
  void labelsStandOneOnALine() throws IOException {
    SmallModel.write(folder);

    assertThat(folder.resolve("synset.txt")).hasContent("blue\ngreen\nred\n");
  }

  @Test
  void servingPropertiesRepeatThePreprocessing() throws IOException {
    SmallModel.write(folder);

    assertThat(folder.resolve("serving.properties"))
        .hasContent(
            """
            engine=PyTorch
            option.modelName=squeezenet1_1
            translatorFactory=ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory
            width=64
            height=64
            resizeShort=73,-1,BILINEAR
            centerCrop=true
            toTensor=true
            normalize=0.485,0.456,0.406,0.229,0.224,0.225
            applySoftmax=true
            """);
  }

  /** DJL resamples in its own way, rounding down; where nothing is resampled both agree. */
  @Test
  void plainDjlClassifiesAsScoringDoes()
      throws IOException, ModelNotFoundException, MalformedModelException, TranslateException {
    SmallModel.write(folder.resolve("model"));
    Path file = folder.resolve("image.png");
    ImageIO.write(resized(), "png", file.toFile());
    List<LabeledImage> images = List.of(new LabeledImage(file, "red/image.png", 2));

    List<Float> expected = score(images).images().get(0).probabilities();
    Classifications found = classify(ImageFactory.getInstance().fromFile(file));

    assertThat(found.getClassNames()).isEqualTo(StripedImages.CLASSES);
    for (int label = 0; label < StripedImages.CLASSES.size(); label++) {
      assertThat(found.get(StripedImages.CLASSES.get(label)).getProbability())
          .isCloseTo(expected.get(label), within(1e-5));
    }
  }

  private Classifications classify(Image image)
      throws IOException, ModelNotFoundException, MalformedModelException, TranslateException {
    Criteria<Image, Classifications> criteria =
        Criteria.builder()
            .setTypes(Image.class, Classifications.class)
            .optModelPath(folder.resolve("model"))
            .build();
    try (ZooModel<Image, Classifications> model = criteria.loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      return predictor.predict(image);
    }
  }

  private Predictions score(List<LabeledImage> images) {
    Path archive = folder.resolve("model/squeezenet1_1.pt");
    try (TorchModule module = Processor.start("cpu", 2, 1).load(archive)) {
      return Scoring.of(
          module,
          SmallModel.DESCRIPTION.preprocessing(),
          SmallModel.DESCRIPTION.classes(),
          images,
          1);
    }
  }

  /** Of the size that images are resized to, so that nothing is left to resample. */
  private static BufferedImage resized() {
    int side = SmallModel.DESCRIPTION.preprocessing().resize();
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, new Color(3 * x, 2 * y, x + y).getRGB());
      }
    }
    return image;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
