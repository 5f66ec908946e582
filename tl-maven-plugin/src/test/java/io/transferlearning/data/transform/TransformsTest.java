package io.transferlearning.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Box;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.Resampler;
import io.transferlearning.data.image.SyntheticImage;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

public class TransformsTest {
  private static final RandomStream UNUSED = RandomStream.of(0);

  @Test
  void evaluationResizesTheShorterSideAndCutsTheCentre() {
    Pixels image = SyntheticImage.pixels(50, 31);
    // 50 * 20 / 31 = 32.26; (32 - 15) / 2 = 8.5, to even: 8; (20 - 15) / 2 = 2.5, to even: 2.
    Pixels resized = new Resampler(Interpolation.BILINEAR).resize(image, 32, 20);
    byte[] expected = new byte[15 * 15 * 3];
    for (int y = 0; y < 15; y++) {
      System.arraycopy(resized.rgb(), ((2 + y) * 32 + 8) * 3, expected, y * 45, 45);
    }
    assertThat(apply(new EvaluationTransform(preprocessing(20, 15)), image, UNUSED))
        .isEqualTo(expected);
  }

  @Test
  void anImageThatNeedsNoResizingIsOnlyCut() {
    Pixels image = SyntheticImage.pixels(24, 20);
    byte[] expected = new byte[15 * 15 * 3];
    for (int y = 0; y < 15; y++) {
      System.arraycopy(image.rgb(), ((2 + y) * 24 + 4) * 3, expected, y * 45, 45);
    }
    assertThat(apply(new EvaluationTransform(preprocessing(20, 15)), image, UNUSED))
        .isEqualTo(expected);
  }

  @Test
  void anImageSmallerThanTheCropStandsInTheMiddleOfBlack() {
    Pixels white = new Pixels(2, 2, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    byte[] padded = apply(new EvaluationTransform(preprocessing(2, 5)), white, UNUSED);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 5; x++) {
        boolean inside = x >= 1 && x <= 2 && y >= 1 && y <= 2;
        assertThat(padded[(y * 5 + x) * 3]).isEqualTo((byte) (inside ? -1 : 0));
      }
    }
  }

  @Test
  void theFlippedEvaluationIsItsMirrorImage() {
    Pixels image = SyntheticImage.pixels(50, 31);
    EvaluationTransform plain = new EvaluationTransform(preprocessing(20, 15));
    byte[] expected = apply(plain, image, UNUSED);
    byte[] flipped = apply(plain.flipped(), image, UNUSED);
    for (int y = 0; y < 15; y++) {
      for (int x = 0; x < 15; x++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat(flipped[(y * 15 + 14 - x) * 3 + channel])
              .isEqualTo(expected[(y * 15 + x) * 3 + channel]);
        }
      }
    }
  }

  @Test
  void aLargeImageHasEnoughPixelsForItsNarrowestBox() {
    // The narrowest box has 8 % of a square's area and is 4 high where it is 3 wide.
    int enough = new TrainingTransform(preprocessing(256, 224)).enough();
    double narrowest = Math.sqrt(0.08 * enough * enough * 3 / 4);
    assertThat(narrowest).isBetween(224.0, 225.0);
    assertThat(new TrainingTransform(preprocessing(256, 224), Augmentation.NONE).enough()).isZero();
    assertThat(
            new TrainingTransform(preprocessing(256, 224), Augmentation.NONE.withFlips(0.5, 0))
                .enough())
        .isEqualTo(512);
  }

  @Test
  void anOffsetIsKeptAndNothingElseIsWritten() {
    ImageTransform transform = new EvaluationTransform(preprocessing(4, 4));
    ByteBuffer target = ByteBuffer.allocateDirect(3 * transform.bytes());
    transform.apply(SyntheticImage.pixels(4, 4), UNUSED, target, transform.bytes());
    byte[] written = new byte[target.capacity()];
    target.get(written);
    byte[] image = SyntheticImage.pixels(4, 4).rgb();
    assertThat(written).startsWith(new byte[image.length]).endsWith(new byte[image.length]);
    assertThat(written).containsSequence(image);
  }

  @Test
  void theSameStreamCropsTheSameAndAnotherDoesNot() {
    ImageTransform transform = new TrainingTransform(preprocessing(20, 16));
    Pixels image = SyntheticImage.pixels(40, 30);
    byte[] first = apply(transform, image, RandomStream.of(42, 0, 7));
    assertThat(apply(transform, image, RandomStream.of(42, 0, 7))).isEqualTo(first);
    assertThat(apply(transform, image, RandomStream.of(42, 1, 7))).isNotEqualTo(first);
    assertThat(apply(transform, image, RandomStream.of(42, 0, 8))).isNotEqualTo(first);
    assertThat(apply(transform, image, RandomStream.of(43, 0, 7))).isNotEqualTo(first);
  }

  @Test
  void boxesAreSpreadAsTorchvisionsAre() {
    RandomBox boxes = new RandomBox(0.08);
    double area = 0;
    double logRatio = 0;
    double centre = 0;
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      Box box = boxes.draw(200, 150, RandomStream.of(1, 2, i));
      assertThat(box.left()).isBetween(0, 200 - box.width());
      assertThat(box.top()).isBetween(0, 150 - box.height());
      area += box.width() * box.height() / 30_000.0 / draws;
      logRatio += Math.log((double) box.width() / box.height()) / draws;
      centre += (box.left() + box.width() / 2.0) / draws;
    }
    // The means of 40,000 draws of torchvision 0.14's RandomResizedCrop.get_params.
    assertThat(area).isCloseTo(0.436, within(0.01));
    assertThat(logRatio).isCloseTo(0.032, within(0.01));
    assertThat(centre).isCloseTo(100, within(0.5));
  }

  @Test
  void whereNoBoxFitsTheCentreIsTaken() {
    RandomBox boxes = new RandomBox(1);
    assertThat(boxes.draw(100, 10, UNUSED)).isEqualTo(new Box(43, 0, 13, 10));
    assertThat(boxes.draw(10, 100, UNUSED)).isEqualTo(new Box(0, 43, 10, 13));
  }

  @Test
  void halfOfTheImagesAreFlipped() {
    // Black left, white right; a crop of all of it shows which way round it is.
    Pixels image = new Pixels(2, 2, new byte[] {0, 0, 0, -1, -1, -1, 0, 0, 0, -1, -1, -1});
    TrainingTransform transform =
        new TrainingTransform(preprocessing(2, 2), Augmentation.DEFAULT.withLeastArea(1));
    int flipped = 0;
    Set<Byte> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      byte first = apply(transform, image, RandomStream.of(5, 0, i))[0];
      seen.add(first);
      flipped += first == -1 ? 1 : 0;
    }
    assertThat(seen).containsExactlyInAnyOrder((byte) 0, (byte) -1);
    assertThat(flipped).isBetween(450, 550);
  }

  private static Preprocessing preprocessing(int resize, int crop) {
    return new Preprocessing(
        resize,
        crop,
        Interpolation.BILINEAR,
        Preprocessing.IMAGENET_MEAN,
        Preprocessing.IMAGENET_DEVIATION);
  }

  private static byte[] apply(ImageTransform transform, Pixels image, RandomStream random) {
    ByteBuffer target = ByteBuffer.allocate(transform.bytes());
    transform.apply(image, random, target, 0);
    return target.array();
  }
}
