package io.transferlearning.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file of every kind, and what Pillow 9.4 makes of it; {@code pillow_formats.py} writes both.
 * Lossless formats and JPEG are held to one level of 255.
 */
class FormatsTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/io/transferlearning/data/image/formats");
  private static final String SCRIPT = "src/test/python/pillow_formats.py";
  private static final String PYTHON = "/usr/bin/python3";
  private static final int LEVELS = 1;

  /**
   * Chroma of lossy WebP is repeated where libwebp interpolates it: little on a photo, much on this
   * picture, whose colours jump.
   */
  private static final int WEBP_LEVELS = 48;

  static List<String> names() throws IOException {
    return names(FOLDER);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".ppm"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void pixelsArePillows(String name) throws IOException {
    requirePillows(FOLDER, name);
  }

  @Test
  void pixelsAreThoseOfThePillowAtHand(@TempDir Path folder)
      throws IOException, InterruptedException {
    boolean made =
        Path.of(PYTHON).toFile().canExecute()
            && new ProcessBuilder(PYTHON, "-W", "ignore", SCRIPT, folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()
                == 0;
    if (!made) {
      System.out.println("LEFT OUT: FormatsTest, live, because " + PYTHON + " has no Pillow");
    }
    assumeTrue(made, "no Pillow in " + PYTHON);

    assertThat(names(folder)).isEqualTo(names());
    for (String name : names(folder)) {
      requirePillows(folder, name);
    }
  }

  private static void requirePillows(Path folder, String name) throws IOException {
    Pixels expected = ppm(folder.resolve(name.substring(0, name.lastIndexOf('.')) + ".ppm"));
    Pixels decoded = ImageDecoder.decode(folder.resolve(name));

    assertThat(decoded.width()).as(name).isEqualTo(expected.width());
    assertThat(decoded.height()).as(name).isEqualTo(expected.height());
    boolean lossyWebp = name.equals("webp.webp") || name.equals("webp-alpha.webp");
    assertThat(difference(decoded.rgb(), expected.rgb()))
        .as(name)
        .isLessThanOrEqualTo(lossyWebp ? WEBP_LEVELS : LEVELS);
  }

  /** The largest difference of two samples at the same place, in levels of 255. */
  private static int difference(byte[] some, byte[] others) {
    return IntStream.range(0, some.length)
        .map(i -> Math.abs((some[i] & 0xFF) - (others[i] & 0xFF)))
        .max()
        .orElseThrow();
  }

  /** Reads Pillow's plain picture: {@code P6}, width, height and 255, each on a line, and RGB. */
  private static Pixels ppm(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String[] header =
        new String(bytes, 0, Math.min(20, bytes.length), StandardCharsets.ISO_8859_1)
            .split("\\s", 5);
    int width = Integer.parseInt(header[1]);
    int height = Integer.parseInt(header[2]);
    byte[] rgb = new byte[width * height * Pixels.CHANNELS];
    System.arraycopy(bytes, bytes.length - rgb.length, rgb, 0, rgb.length);
    return new Pixels(width, height, rgb);
  }
}
