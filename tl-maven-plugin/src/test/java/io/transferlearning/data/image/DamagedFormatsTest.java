package io.transferlearning.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.ImageIntegrity.Checked;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are cut, changed or lie, of every kind of {@link FormatsTest}. */
class DamagedFormatsTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/io/transferlearning/data/image/formats");

  static List<String> names() throws IOException {
    return FormatsTest.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aWholeFileIsSoundAndEveryCutOneIsNot(String name) throws IOException {
    byte[] whole = read(name);
    assertThat(ImageIntegrity.check(whole).damage()).isNull();
    for (int percent : new int[] {0, 3, 30, 60, 90}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
      // Later pages and frames are not looked at; a cut may leave the first one whole.
      boolean first = name.equals("tiff-pages.tif") && percent > 50;
      if (!first) {
        assertThat(ImageIntegrity.check(cut).damage()).as("%d %%", percent).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void changedBytesGivePixelsOrDamageAndNothingElse(String name) throws IOException {
    change(name, 20);
  }

  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("names")
  void manyMoreChangedBytes(String name) throws IOException {
    change(name, 2_000);
  }

  private static void change(String name, int rounds) throws IOException {
    byte[] whole = read(name);
    RandomStream random = RandomStream.of(7, name.hashCode());
    for (int round = 0; round < rounds; round++) {
      byte[] changed = whole.clone();
      for (int i = 0; i <= random.nextInt(6); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      String which = name + ", round " + round;
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            Checked checked = ImageIntegrity.check(changed);
            assertThat(checked.pixels() != null || checked.damage() != null).as(which).isTrue();
          },
          which);
    }
  }

  /** Where the size stands in a file, and how. */
  @ParameterizedTest
  @CsvSource({"png-rgb.png, 16, 20, 4, big, 50000", "gif.gif, 6, 8, 2, little, 50000"})
  void aBombIsRefusedBeforeMemoryIsTaken(
      String name, int width, int height, int bytes, String order, int size) throws IOException {
    ByteBuffer bomb = ByteBuffer.wrap(read(name));
    bomb.order(order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (bytes == 4) {
      bomb.putInt(width, size).putInt(height, size);
    } else {
      bomb.putShort(width, (short) size).putShort(height, (short) size);
    }
    assertThat(ImageIntegrity.check(bomb.array()).damage())
        .isEqualTo("%d x %1$d pixels are too many; at most 89478485", size);
  }

  /** A frame of one pixel, far away, asks for a screen that reaches to it. */
  @Test
  void aGifWhoseFrameIsFarAwayIsRefused() throws IOException {
    ByteBuffer bomb = ByteBuffer.wrap(read("gif-part.gif")).order(ByteOrder.LITTLE_ENDIAN);
    int frame = GifBlocks.firstImage(bomb.array());
    bomb.putShort(frame + 1, (short) 50_000).putShort(frame + 3, (short) 49_000);
    assertThat(ImageIntegrity.check(bomb.array()).damage())
        .isEqualTo("50009 x 49006 pixels are too many; at most 89478485");
  }

  @Test
  void aWebpWithAnAbsurdCanvasIsRefused() throws IOException {
    byte[] bomb = read("webp-animated-part.webp");
    // Width and height less one, of three bytes each.
    ByteBuffer.wrap(bomb).put(24, HexFormat.of().parseHex("4fc3004fc300"));
    assertThat(ImageIntegrity.check(bomb).damage())
        .isEqualTo("50000 x 50000 pixels are too many; at most 89478485");
  }

  @Test
  void aWebpWhoseFrameLeavesItsCanvasIsDamaged() throws IOException {
    byte[] small = read("webp-animated-part.webp");
    small[24] = 11;
    assertThat(ImageIntegrity.check(small).damage())
        .isEqualTo("its first frame of 9 x 6 pixels reaches beyond its canvas of 12 x 14");
  }

  /** Damage, or none: a length that lies must end nothing but the picture. */
  @Test
  void chunksOfAWebpMayHaveAnyLength() throws IOException {
    byte[] whole = read("webp-animated-part.webp");
    for (int chunk : new int[] {indexOf(whole, 'V', 'P'), indexOf(whole, 'A', 'N')}) {
      for (int length = 0; length < 256; length++) {
        byte[] other = whole.clone();
        other[chunk + 4] = (byte) length;
        assertThatCode(() -> ImageIntegrity.check(other))
            .as("%s bytes at %s", length, chunk)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void aBmpBombIsRefusedByItsDecoder() throws IOException {
    ByteBuffer bomb = ByteBuffer.wrap(read("bmp-24-bit.bmp")).order(ByteOrder.LITTLE_ENDIAN);
    bomb.putInt(18, 50_000).putInt(22, 50_000);
    assertThat(ImageIntegrity.check(bomb.array()).damage())
        .isEqualTo("Invalid width/height for BI_RGB image data.");
  }

  @Test
  void aJpegBombIsRefusedToo() throws IOException {
    byte[] bomb = read("jpeg-444.jpg");
    int frame = indexOf(bomb, 0xFF, 0xC0);
    ByteBuffer.wrap(bomb).putShort(frame + 5, (short) 50_000).putShort(frame + 7, (short) 50_000);
    assertThat(ImageIntegrity.check(bomb).damage())
        .isEqualTo("50000 x 50000 pixels are too many; at most 89478485");
  }

  /** Padding and what other programs append; a trailer within the data of a frame is none. */
  @Test
  void aGifIsWholeWhereItsTrailerIs() throws IOException {
    byte[] whole = read("gif.gif");
    for (byte[] more : List.of(new byte[3], new byte[] {1}, new byte[] {0, ';', 'x'})) {
      assertThat(ImageIntegrity.check(followed(whole, more)).damage()).isNull();
    }
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThat(ImageIntegrity.check(cut).damage()).isEqualTo("the file ends early");
    cut[cut.length - 2] = ';';
    assertThat(ImageIntegrity.check(cut).damage()).isEqualTo("the file ends early");
  }

  @Test
  void aPngWhoseDataIsNotAsWrittenIsDamaged() throws IOException {
    byte[] changed = read("png-rgb.png");
    // The checksum of the last chunk but one: the pixels themselves decode.
    changed[changed.length - 13] ^= 1;
    assertThat(ImageIntegrity.check(changed).damage()).isEqualTo("the file ends early");
  }

  @Test
  void aJpegThatLostAPartBetweenItsRestartsIsDamaged() {
    assertThat(ImageIntegrity.check(restarting(0xD0, 0xD1, 0xD2)).damage()).isNull();
    assertThat(ImageIntegrity.check(restarting(0xD0, 0xD2)).damage())
        .startsWith("Corrupt JPEG data: found marker 0xd2 instead of RST1");
  }

  /** Four blocks of one grey in a row; each begins anew, so that all have the bits of a single. */
  private static byte[] restarting(int... markers) {
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    byte[] one = SyntheticImage.encoded(grey, "jpg");
    int frame = indexOf(one, 0xFF, 0xC0);
    int scan = indexOf(one, 0xFF, 0xDA);
    int data = scan + 2 + one[scan + 3];
    ByteBuffer all = ByteBuffer.allocate(2 * one.length + 100);
    all.put(one, 0, scan).putInt(0xFFDD0004).putShort((short) 1);
    all.put(one, scan, one.length - 2 - scan);
    for (int marker : markers) {
      all.put((byte) 0xFF).put((byte) marker).put(one, data, one.length - 2 - data);
    }
    all.put((byte) 0xFF).put((byte) 0xD9);
    all.putShort(frame + 7, (short) 32);
    return Arrays.copyOf(all.array(), all.position());
  }

  @Test
  void theEndOfAThumbnailIsNotTheEndOfAPhoto() throws IOException {
    byte[] photo = read("jpeg-444.jpg");
    byte[] thumbnail = {
      (byte) 0xFF, (byte) 0xE1, 0, 6, (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9
    };
    ByteBuffer cut = ByteBuffer.allocate(photo.length - 2 + thumbnail.length);
    cut.put(photo, 0, 2).put(thumbnail).put(photo, 2, photo.length - 4);
    assertThat(ImageIntegrity.check(cut.array()).damage()).isEqualTo("the file ends early");
  }

  /** Numbers from 0 to 1 would be black, taken for integers. */
  @ParameterizedTest
  @CsvSource({
    "3, 32, its samples are floating-point numbers; save it with 8 bits a sample",
    "2, 16, its samples are signed numbers; save it with 8 bits a sample"
  })
  void samplesThatAreNoUnsignedIntegersAreRefused(int format, int bits, String damage) {
    assertThat(ImageIntegrity.check(tiff(bits, format, 1, 1))).isEqualTo(new Checked(null, damage));
  }

  /** The JDK takes five for the first three of them, and 16 bits for light instead of ink. */
  @Test
  void otherInksThanTheUsualFourAreRefused() {
    assertThat(ImageIntegrity.check(tiff(8, 1, 5, 5)))
        .isEqualTo(
            new Checked(
                null,
                "it has 5 inks of 8 bits, not 4 of 8 or 16; save it as RGB with 8 bits a sample"));
    assertThat(ImageIntegrity.check(tiff(16, 1, 5, 4)).damage()).isNull();
  }

  /**
   * A TIFF file of two pixels.
   *
   * @param format of its samples: 1 unsigned, 2 signed, 3 floating-point
   * @param meaning of its samples: 1 grey, 5 inks
   */
  private static byte[] tiff(int bits, int format, int meaning, int samples) {
    int[][] tags = {
      {256, 2},
      {257, 1},
      {258, bits},
      {259, 1},
      {262, meaning},
      {273, 8},
      {277, samples},
      {278, 1},
      {279, 2 * samples * bits / 8},
      {339, format}
    };
    ByteBuffer tiff = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(24);
    tiff.putFloat(0.5f).putFloat(1).position(24).putShort((short) tags.length);
    int more = 24 + 2 + 12 * tags.length + 4;
    for (int[] tag : tags) {
      boolean each = samples > 1 && (tag[0] == 258 || tag[0] == 339);
      tiff.putShort((short) tag[0]).putShort((short) 3).putInt(each ? samples : 1);
      tiff.putInt(each ? more : tag[1]);
      for (int i = 0; each && i < samples; i++, more += 2) {
        tiff.putShort(more, (short) tag[1]);
      }
    }
    return tiff.array();
  }

  /** Chunks whose lengths are below zero, or lead beyond the largest int. */
  @ParameterizedTest
  @CsvSource({
    "png-rgb.png, 7fffffff65584966",
    "png-rgb.png, 7fffffff74455874",
    "png-rgb.png, ffffffff74455874",
    "webp-lossless.webp, 45584946ffffff7f",
    "webp-lossless.webp, 41414141ffffff7f",
    "webp-lossless.webp, 41414141ffffffff"
  })
  void brokenExifDataMakesNoPictureUnusable(String name, String chunk) throws IOException {
    byte[] whole = followed(read(name), HexFormat.of().parseHex(chunk));
    if (name.endsWith("webp")) {
      // RIFF's size: the chunk belongs to it.
      ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(4, whole.length - 8);
    }
    Checked checked = ImageIntegrity.check(whole);
    assertThat(checked.damage()).isNull();
    assertThat(rgb(whole)).isEqualTo(rgb(read(name)));
  }

  /** What stands behind IEND, or behind the size that a WebP says it has, belongs to no picture. */
  @ParameterizedTest
  @CsvSource({
    "png-rgb.png, 0000001a65584966",
    "webp-lossless.webp, 455849461a000000",
  })
  void anOrientationBehindTheEndIsNone(String name, String chunk) throws IOException {
    byte[] exif = HexFormat.of().parseHex("4d4d002a000000080001" + "011200030000000100060000");
    byte[] end = new byte[8];
    byte[] whole =
        followed(followed(followed(read(name), HexFormat.of().parseHex(chunk)), exif), end);
    assertThat(rgb(whole)).isEqualTo(rgb(read(name)));
  }

  private static byte[] rgb(byte[] file) throws IOException {
    return ImageDecoder.decode(file, warning -> {}).rgb();
  }

  private static byte[] followed(byte[] file, byte[] bytes) {
    byte[] longer = Arrays.copyOf(file, file.length + bytes.length);
    System.arraycopy(bytes, 0, longer, file.length, bytes.length);
    return longer;
  }

  @Test
  void filesOfOtherKindsAreNoImages() {
    for (String text : List.of("<html></html>", "RIFF....WAVE", "%PDF-1.7", "B", "II", "GIF")) {
      assertThat(ImageIntegrity.check(text.getBytes(StandardCharsets.US_ASCII)))
          .isEqualTo(new Checked(null, "no known image format"));
    }
    assertThat(ImageIntegrity.check(new byte[0]).damage()).isEqualTo("the file is empty");
  }

  private static byte[] read(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }

  private static int indexOf(byte[] file, int first, int second) {
    int at = 0;
    while ((file[at] & 0xFF) != first || (file[at + 1] & 0xFF) != second) {
      at++;
    }
    return at;
  }
}
