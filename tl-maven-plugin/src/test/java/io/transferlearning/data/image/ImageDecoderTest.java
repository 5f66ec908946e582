package io.transferlearning.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ImageDecoderTest {
  private final Path folder;

  ImageDecoderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aPngKeepsItsColoursInTheOrderRedGreenBlue() {
    Pixels expected = SyntheticImage.pixels(13, 9);
    Pixels decoded = decode(SyntheticImage.image(expected), "png");
    assertThat(decoded.width()).isEqualTo(13);
    assertThat(decoded.height()).isEqualTo(9);
    assertThat(decoded.rgb()).isEqualTo(expected.rgb());
  }

  @Test
  void aBmpIsReadToo() {
    Pixels expected = SyntheticImage.pixels(5, 7);
    assertThat(decode(SyntheticImage.image(expected), "bmp").rgb()).isEqualTo(expected.rgb());
  }

  @Test
  void aJpegOfOneColourKeepsItNearly() {
    Pixels decoded = decode(SyntheticImage.plain(16, 16, 0x40A0E0), "jpg");
    assertThat(decoded.rgb()[0] & 0xFF).isBetween(0x3E, 0x42);
    assertThat(decoded.rgb()[1] & 0xFF).isBetween(0x9E, 0xA2);
    assertThat(decoded.rgb()[2] & 0xFF).isBetween(0xDE, 0xE2);
  }

  @Test
  void greyIsRepeatedAndNotBrightened() {
    BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    setSamples(grey, 10, 100, 200);
    assertThat(decode(grey, "png").rgb())
        .isEqualTo(bytes(10, 10, 10, 100, 100, 100, 200, 200, 200));
  }

  @Test
  void sixteenBitGreyKeepsItsHighByte() {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    setSamples(grey, 0x12FF, 0xC800);
    assertThat(decode(grey, "png").rgb()).isEqualTo(bytes(0x12, 0x12, 0x12, 0xC8, 0xC8, 0xC8));
  }

  @Test
  void alphaIsDroppedNotBlended() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x200A1420);
    assertThat(decode(image, "png").rgb()).isEqualTo(bytes(0x0A, 0x14, 0x20));
  }

  @Test
  void aPaletteIsLookedUp() {
    byte[] red = bytes(1, 200, 3);
    byte[] green = bytes(4, 5, 150);
    byte[] blue = bytes(7, 8, 9);
    IndexColorModel palette = new IndexColorModel(8, 3, red, green, blue);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    setSamples(image, 2, 0, 1);
    byte[] expected = bytes(3, 150, 9, 1, 4, 7, 200, 5, 8);
    assertThat(decode(image, "png").rgb()).isEqualTo(expected);
    assertThat(decode(image, "gif").rgb()).isEqualTo(expected);
  }

  @Test
  void oneBitImagesAreBlackAndWhite() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, Color.WHITE.getRGB());
    assertThat(decode(image, "png").rgb()).isEqualTo(bytes(0, 0, 0, 255, 255, 255));
  }

  @Test
  void aColourProfileIsNotApplied() throws IOException {
    byte[] plain =
        SyntheticImage.encoded(SyntheticImage.image(SyntheticImage.pixels(16, 16)), "jpg");
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    ByteBuffer tagged = ByteBuffer.allocate(plain.length + 18 + profile.length);
    tagged.put(plain, 0, 20); // the start of the image and its JFIF segment
    tagged.putShort((short) 0xFFE2).putShort((short) (16 + profile.length));
    tagged.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII)).put(profile);
    tagged.put(plain, 20, plain.length - 20);
    assertThat(ImageDecoder.decode(tagged.array(), warning -> {}).rgb())
        .isEqualTo(ImageDecoder.decode(plain, warning -> {}).rgb());
  }

  @Test
  void whatIsNoImageIsAProblemNamingTheFile() {
    Path file = SyntheticImage.write(folder.resolve("a.jpg"), bytes(1, 2, 3));
    assertThatThrownBy(() -> ImageDecoder.decode(file))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "the image %s can not be read: no known image format%n  -> open it in a viewer and"
                + " save it again as a baseline JPEG or PNG, or remove it",
            file);
  }

  private static Pixels decode(BufferedImage image, String format) {
    try {
      return ImageDecoder.decode(SyntheticImage.encoded(image, format), warning -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void setSamples(BufferedImage image, int... samples) {
    WritableRaster raster = image.getRaster();
    raster.setSamples(0, 0, samples.length, 1, 0, samples);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
