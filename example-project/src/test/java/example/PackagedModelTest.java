package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that the package which the build just made works where it will be used: in plain DJL. */
class PackagedModelTest {
  private static SceneClassifier classifier;

  @BeforeAll
  static void loadTheModelThatThisBuildPackaged() throws Exception {
    classifier = new SceneClassifier(Path.of(System.getProperty("model.zip")));
  }

  @AfterAll
  static void close() {
    if (classifier != null) {
      classifier.close();
    }
  }

  /** Neither photo was trained on: both lie in the test folder. */
  @ParameterizedTest(name = "{1} shows {0}")
  @CsvSource({
    "flowers, seg_test/flowers/flower_flo_00.jpg",
    "mountain, seg_test/mountain/moraine-lake-17092005_mou_00.jpg",
  })
  void namesTheSceneInPhotosItHasNeverSeen(String scene, String photo) throws Exception {
    assertEquals(scene, classifier.classify(Path.of(System.getProperty("images"), photo)));
  }
}
