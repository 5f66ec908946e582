package io.transferlearning.data.transform;

import static io.transferlearning.PixelComparison.copy;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.PixelComparison;
import io.transferlearning.PixelComparison.Difference;
import io.transferlearning.ReferencePython;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.SyntheticImage;
import io.transferlearning.data.pixel.Affine;
import io.transferlearning.data.pixel.Enhancement;
import io.transferlearning.data.pixel.Flips;
import io.transferlearning.data.pixel.Hue;
import io.transferlearning.data.transform.TrivialAugment.Choice;
import io.transferlearning.data.transform.TrivialAugment.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation on pixels gives torchvision's and Pillow's bytes, for the same numbers. */
class PixelOperationsLiveTest {
  private static final double[] FACTORS = {0, 0.01, 0.37, 0.5, 0.9, 1, 1.000001, 1.25, 1.99, 3.7};
  private static final double[] TURNS = {-0.5, -0.31, -0.1, -0.003, 0, 0.004, 0.2, 0.499, 0.5};
  private static final double[] DEGREES = {
    -180, -135, -90, -45, -4.5, -0.01, 0, 1e-9, 7.3, 45, 90, 123.456, 180
  };

  private final PixelComparison comparison = new PixelComparison();

  @BeforeAll
  static void needsTorchvision() {
    ReferencePython.requireModules("PixelOperationsLiveTest", "PIL, torch, torchvision");
  }

  @Test
  void everyByteIsTheirs(@TempDir Path folder) throws IOException {
    for (Pixels image : images()) {
      inPlace(image, "hflip", Flips::horizontally);
      inPlace(image, "vflip", Flips::vertically);
      for (double factor : FACTORS) {
        inPlace(image, "brightness " + factor, copy -> Enhancement.brightness(copy, factor));
        inPlace(image, "contrast " + factor, copy -> Enhancement.contrast(copy, factor));
        inPlace(image, "saturation " + factor, copy -> Enhancement.saturation(copy, factor));
        inPlace(image, "sharpness " + factor, copy -> Enhancement.sharpness(copy, factor));
      }
      for (double turn : TURNS) {
        inPlace(image, "hue " + turn, copy -> Hue.shift(copy, turn));
      }
      for (double degrees : DEGREES) {
        rotate(image, degrees);
      }
      for (Operation operation : Operation.values()) {
        for (int strength = 0; strength < TrivialAugment.STRENGTHS; strength += 5) {
          trivial(image, new Choice(operation, operation.magnitude(strength)));
          trivial(image, new Choice(operation, -operation.magnitude(strength)));
        }
      }
    }

    Map<String, Difference> differences = comparison.run(folder);

    assertThat(differences).hasSizeGreaterThan(20);
    assertThat(differences).allSatisfy((name, one) -> assertThat(one.worst()).as(name).isZero());
  }

  private void inPlace(Pixels image, String operation, Consumer<Pixels> ours) {
    Pixels copy = copy(image);
    ours.accept(copy);
    comparison.add(operation.split(" ")[0], operation, image, copy);
  }

  private void rotate(Pixels image, double degrees) {
    Affine map = Affine.rotation(degrees, image.width(), image.height());
    for (Affine.Filter filter : Affine.Filter.values()) {
      String name = filter.name().toLowerCase(Locale.ROOT);
      comparison.add(
          "rotate " + name, "rotate " + degrees + " " + name, image, map.apply(image, filter));
    }
  }

  private void trivial(Pixels image, Choice choice) {
    boolean unsigned =
        choice.operation() == Operation.POSTERIZE || choice.operation() == Operation.SOLARIZE;
    if (unsigned && choice.magnitude() < 0) {
      return;
    }
    String name = pascalCase(choice.operation().name());
    comparison.add(
        "trivial " + name,
        "trivial " + name + " " + choice.magnitude() + " bilinear",
        image,
        choice.apply(copy(image)));
  }

  private static String pascalCase(String constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  /** Odd sizes, edges cases of content, noise; and all hues. */
  private static List<Pixels> images() {
    List<Pixels> images = new ArrayList<>();
    images.add(SyntheticImage.pixels(61, 47));
    images.add(SyntheticImage.pixels(2, 5));
    images.add(SyntheticImage.pixels(1, 1));
    images.add(filled(40, 40, 0, 256));
    images.add(filled(31, 33, 90, 60));
    images.add(filled(20, 20, 17, 1));
    images.add(scene());
    return images;
  }

  /** Noise of some levels. */
  private static Pixels filled(int width, int height, int least, int levels) {
    RandomStream random = RandomStream.of(width, height);
    byte[] rgb = new byte[width * height * Pixels.CHANNELS];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (least + random.nextInt(levels));
    }
    return new Pixels(width, height, rgb);
  }

  /** Soft as a photo: few levels next to each other. */
  private static Pixels scene() {
    int size = 224;
    byte[] rgb = new byte[size * size * Pixels.CHANNELS];
    for (int i = 0; i < rgb.length; i++) {
      int channel = i % 3;
      double x = i / 3 % size;
      double y = i / 3.0 / size;
      rgb[i] = (byte) (127 + 60 * Math.sin(x / 31 + channel) + 60 * Math.cos(y / 17 - channel));
    }
    return new Pixels(size, size, rgb);
  }
}
