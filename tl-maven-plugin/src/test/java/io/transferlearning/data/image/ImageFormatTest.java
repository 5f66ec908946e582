package io.transferlearning.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        "a.JPG",
        "a.JPEG",
        "a.jpe",
        "a.jfif",
        "a.Png",
        "a.bmp",
        "a.DIB",
        "a.gif",
        "a.WEBP",
        "a.TIF",
        "a.tiff",
        "a b.jpg",
        "\u00FCber.jpg",
        "a.b.jpg",
        "-.jpg"
      })
  void endingsOfImagesAreKnownInAnyCase(String name) {
    assertThat(ImageFormat.isNameOfImage(name)).isTrue();
    assertThat(ImageFormat.isNameOfOtherPicture(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notes.",
        "a.p",
        "a.g",
        "a.jp",
        "a.if",
        "a.ng",
        "a.",
        "a. ",
        "jpg",
        "png",
        "a.jpg.txt",
        "a.jpgx",
        "a.xjpg",
        "a.jpg~",
        ""
      })
  void aPartOfAnEndingIsNone(String name) {
    assertThat(ImageFormat.isNameOfImage(name)).isFalse();
    assertThat(ImageFormat.isNameOfOtherPicture(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"IMG_1.HEIC", "a.avif", "a.dng", "a.ppm"})
  void otherPicturesAreTold(String name) {
    assertThat(ImageFormat.isNameOfImage(name)).isFalse();
    assertThat(ImageFormat.isNameOfOtherPicture(name)).isTrue();
  }
}
