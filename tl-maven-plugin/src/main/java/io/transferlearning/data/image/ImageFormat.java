package io.transferlearning.data.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats of image files, told apart by how their bytes begin, not by the files' names. */
public enum ImageFormat {
  JPEG(" jpg jpeg jpe jfif "),
  PNG(" png "),
  BMP(" bmp dib "),
  GIF(" gif "),
  WEBP(" webp "),
  TIFF(" tif tiff ");

  private static final int NAME_OF_WEBP = 8;

  /** What telephones, cameras and painting programs write beside these. */
  private static final Set<String> OTHER_PICTURES =
      Set.of(
          "heic", "heif", "avif", "jxl", "jp2", "j2k", "psd", "svg", "ico", "tga", "pbm", "pgm",
          "ppm", "pnm", "exr", "hdr", "dng", "cr2", "cr3", "nef", "arw", "raf", "orf", "rw2");

  private final String extensions;

  /**
   * @param extensions how names of such files may end, with a blank around each
   */
  ImageFormat(String extensions) {
    this.extensions = extensions;
  }

  /** Whether a file of this name should be an image. */
  public static boolean isNameOfImage(String fileName) {
    String extension = " " + extension(fileName) + " ";
    return Arrays.stream(values()).anyMatch(format -> format.extensions.contains(extension));
  }

  /** Whether a file of this name should be a picture of a format that is not read. */
  public static boolean isNameOfOtherPicture(String fileName) {
    return OTHER_PICTURES.contains(extension(fileName));
  }

  private static String extension(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** The format of a file's bytes; empty for none of these. */
  public static Optional<ImageFormat> of(byte[] file) {
    if (begins(file, 0, 0xFF, 0xD8)) {
      return Optional.of(JPEG);
    } else if (begins(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return Optional.of(PNG);
    } else if (begins(file, 0, 'G', 'I', 'F', '8')) {
      return Optional.of(GIF);
    } else if (begins(file, 0, 'R', 'I', 'F', 'F')
        && begins(file, NAME_OF_WEBP, 'W', 'E', 'B', 'P')) {
      return Optional.of(WEBP);
    } else if (begins(file, 0, 'I', 'I', 42, 0) || begins(file, 0, 'M', 'M', 0, 42)) {
      return Optional.of(TIFF);
    } else if (begins(file, 0, 'B', 'M')) {
      return Optional.of(BMP);
    }
    return Optional.empty();
  }

  private static boolean begins(byte[] file, int at, int... mark) {
    if (file.length < at + mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((file[at + i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
