package io.transferlearning.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.Preprocessing.Interpolation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Pillow 9.4; {@code src/test/python/pillow_golden.py} wrote the file. */
public class ResamplerGoldenTest {

  static Stream<String> cases() throws IOException {
    try (InputStream lines = ResamplerGoldenTest.class.getResourceAsStream("pillow-resize.txt")) {
      return new String(lines.readAllBytes(), StandardCharsets.US_ASCII).lines();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyByteIsPillows(String line) throws NoSuchAlgorithmException {
    String[] parts = line.split(" ");
    int[] n = Stream.of(parts).skip(1).limit(8).mapToInt(Integer::parseInt).toArray();
    Box box = new Box(n[2], n[3], n[4] - n[2], n[5] - n[3]);
    Pixels resized =
        new Resampler(Interpolation.valueOf(parts[0]))
            .resize(SyntheticImage.pixels(n[0], n[1]), box, n[6], n[7]);
    HexFormat hex = HexFormat.of();
    if (!parts[10].equals("-")) {
      assertThat(hex.formatHex(resized.rgb())).isEqualTo(parts[10]);
    }
    assertThat(hex.formatHex(MessageDigest.getInstance("SHA-256").digest(resized.rgb())))
        .isEqualTo(parts[9]);
  }

  @Test
  void aWindowIsWhatTheWholeHasThere() {
    Pixels image = SyntheticImage.pixels(50, 40);
    Resampler resampler = new Resampler(Interpolation.BICUBIC);
    Pixels whole = resampler.resize(image, 33, 70);
    Pixels window = resampler.resize(image, Box.all(image), 33, 70, new Box(4, 11, 20, 25));
    for (int y = 0; y < 25; y++) {
      for (int i = 0; i < 20 * 3; i++) {
        assertThat(window.rgb()[y * 60 + i]).isEqualTo(whole.rgb()[((11 + y) * 33 + 4) * 3 + i]);
      }
    }
  }
}
