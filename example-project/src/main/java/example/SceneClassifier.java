package example;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Names the scene in a photo, with nothing but DJL: the packaged model brings its network, labels
 * and preprocessing along.
 */
public final class SceneClassifier implements AutoCloseable {
  private final ZooModel<Image, Classifications> model;

  /**
   * @param packagedModel the {@code -model.zip} that the build makes, or the folder it was made of
   */
  public SceneClassifier(Path packagedModel) throws IOException, ModelException {
    model =
        Criteria.builder()
            .setTypes(Image.class, Classifications.class)
            .optModelPath(packagedModel)
            .optModelName("squeezenet1_1")
            .optEngine("PyTorch")
            .build()
            .loadModel();
  }

  /** The name of the most probable class: one line of the model's {@code synset.txt}. */
  public String classify(Path photo) throws IOException, TranslateException {
    Image image = ImageFactory.getInstance().fromFile(photo);
    try (Predictor<Image, Classifications> predictor = model.newPredictor()) {
      return predictor.predict(image).best().getClassName();
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
