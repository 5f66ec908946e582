package io.transferlearning.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.training.StartingWeights;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.Safetensors;
import io.transferlearning.weights.source.EmbeddedWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published weights, written as a model and run by DJL, know what is on photographs: pixels,
 * weights, network and the order of the classes fit together.
 */
class ImageNetPhotosParityTest {
  private static final Path EXAMPLE = Path.of("../example-project/src/main/images");

  /** Photographs and weights that lie beside the project where there is room for them. */
  private static final Path SHARED = Path.of("../../shared");

  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(224);
  private static final List<String> CLASSES = classes();

  private static TorchModule squeezenet;

  @BeforeAll
  static void load(@TempDir Path folder) throws IOException {
    squeezenet = module(folder, "squeezenet1_1", EmbeddedWeights.open("squeezenet1_1"));
  }

  @AfterAll
  static void close() {
    squeezenet.close();
  }

  /** What torchvision's SqueezeNet with these weights says of them, too. */
  @ParameterizedTest
  @CsvSource({
    "seg_test/mountain/moraine-lake-17092005_mou_02.jpg, alp",
    "seg_test/mountain/moraine-lake-17092005_mou_04.jpg, alp",
    "seg_test/mountain/moraine-lake-17092005_mou_08.jpg, alp",
    "seg_train/mountain/lake-sherburne_mou_09.jpg, alp"
  })
  void squeezeNetKnowsThePhotosOfTheExample(String photo, String label) throws IOException {
    requireFirst(squeezenet, EXAMPLE.resolve(photo), label);
  }

  @ParameterizedTest
  @CsvSource({
    "seg_test/buildings/castle-207_bui_00.jpg, castle",
    "seg_test/buildings/lighthouse_bui_00.jpg, beacon",
    "seg_test/buildings/hawamahal_bui_00.jpg, palace",
    "seg_test/flowers/castle-207_flo_00.jpg, daisy",
    "seg_test/flowers/castle-207_flo_02.jpg, daisy"
  })
  void squeezeNetKnowsOtherPhotos(String photo, String label) throws IOException {
    Path file = SHARED.resolve("scenes").resolve(photo);
    assumeTrue(Files.exists(file), "no photograph " + file);

    requireFirst(squeezenet, file, label);
  }

  @Test
  void resNet50KnowsThemBetter(@TempDir Path folder) throws IOException {
    Path weights = SHARED.resolve("weights/resnet50_v1.imagenet.safetensors");
    assumeTrue(Files.exists(weights), "no weights " + weights);
    try (TorchModule resnet =
        module(folder, "resnet50_v1", Optional.of(Safetensors.read(weights)))) {
      Path scenes = SHARED.resolve("scenes");
      Map.of(
              "buildings/castle-207_bui_00.jpg", "castle",
              "buildings/castle-maintenon_bui_00.jpg", "castle",
              "buildings/castle-maintenon_bui_01.jpg", "castle",
              "buildings/lighthouse_bui_00.jpg", "beacon",
              "buildings/lighthouse_bui_01.jpg", "beacon",
              "buildings/hawamahal_bui_00.jpg", "palace",
              "buildings/mysorepalace_bui_00.jpg", "palace",
              "buildings/mysorepalace_bui_01.jpg", "palace",
              "flowers/castle-207_flo_00.jpg", "daisy",
              "flowers/castle-207_flo_01.jpg", "daisy")
          .forEach(
              (photo, label) ->
                  requireFirst(resnet, scenes.resolve("seg_test").resolve(photo), label));
      requireFirst(
          resnet, EXAMPLE.resolve("seg_test/mountain/moraine-lake-17092005_mou_08.jpg"), "alp");
      requireFirst(
          resnet, EXAMPLE.resolve("seg_train/mountain/lake-sherburne_mou_00.jpg"), "lakeside");
      // the label is only among the five likeliest
      assertThat(likeliest(resnet, scenes.resolve("seg_test/flowers/flower-765_flo_01.jpg")))
          .contains("daisy");
    }
  }

  private static void requireFirst(TorchModule module, Path photo, String label) {
    List<String> found = likeliest(module, photo);
    assertThat(found.get(0)).as("%s, of %s", photo.getFileName(), found).isEqualTo(label);
  }

  /** The five likeliest classes, the first first. */
  private static List<String> likeliest(TorchModule module, Path photo) {
    EvaluationTransform transform = new EvaluationTransform(PREPROCESSING);
    ByteBuffer pixels = ByteBuffer.allocateDirect(transform.bytes()).order(ByteOrder.nativeOrder());
    transform.apply(ImageDecoder.decode(photo), RandomStream.of(1, 1), pixels, 0);
    try (TorchModule.Scope scope = module.scope()) {
      float[] probabilities =
          module
              .call("classify", scope.bytes(pixels, 1, transform.size(), transform.size(), 3))
              .singletonOrThrow()
              .toFloatArray();
      List<String> five =
          IntStream.range(0, probabilities.length)
              .boxed()
              .sorted(Comparator.comparing((Integer i) -> -probabilities[i]))
              .limit(5)
              .map(CLASSES::get)
              .toList();
      float first = probabilities[CLASSES.indexOf(five.get(0))];
      System.out.printf(Locale.ROOT, "%s: %s, the first %.2f%n", photo.getFileName(), five, first);
      return five;
    }
  }

  private static TorchModule module(Path folder, String name, Optional<StateDict> weights)
      throws IOException {
    Network network = Networks.of(name, CLASSES.size());
    ModelFolder.write(
        folder,
        network,
        StartingWeights.of(network, name, weights, 1),
        new ModelDescription(ModelDescription.SCHEMA, name, CLASSES, PREPROCESSING, Map.of()));
    return Processor.start("cpu", 2, 1).load(folder.resolve(name + ".pt"));
  }

  private static List<String> classes() {
    try (InputStream in =
        Objects.requireNonNull(
            ImageNetPhotosParityTest.class.getResourceAsStream("imagenet-classes.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
