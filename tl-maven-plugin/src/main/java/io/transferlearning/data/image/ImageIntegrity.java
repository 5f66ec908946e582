package io.transferlearning.data.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds damage that decoders pass over: a JPEG that ends early decodes to a photo with a grey
 * bottom, without an exception.
 */
public final class ImageIntegrity {
  private ImageIntegrity() {}

  /** What is wrong with the bytes of an image file; empty where nothing is. */
  public static Optional<String> damage(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.of("the file is empty");
    }
    List<String> warnings = new ArrayList<>();
    try {
      ImageDecoder.decode(bytes, warnings::add);
    } catch (IOException e) {
      return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    if (endsEarly(bytes)) {
      return Optional.of("the file ends early");
    }
    return warnings.stream().filter(ImageIntegrity::isDamage).findFirst();
  }

  /** libjpeg also warns of harmless things, such as extraneous bytes before a marker. */
  private static boolean isDamage(String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    return lower.contains("premature end") || lower.contains("bad huffman code");
  }

  /** Whether the mark that ends the format is missing; further bytes may follow it. */
  private static boolean endsEarly(byte[] bytes) {
    if (startsWith(bytes, 0xFF, 0xD8)) {
      return !contains(bytes, 0xFF, 0xD9);
    }
    if (startsWith(bytes, 0x89, 'P', 'N', 'G')) {
      return !contains(bytes, 'I', 'E', 'N', 'D');
    }
    return startsWith(bytes, 'G', 'I', 'F') && !endsWithTrailer(bytes);
  }

  /** A GIF's last byte is a semicolon; some writers pad with zeros behind it. */
  private static boolean endsWithTrailer(byte[] bytes) {
    int last = bytes.length - 1;
    while (last > 0 && bytes[last] == 0) {
      last--;
    }
    return bytes[last] == ';';
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    return bytes.length >= mark.length && matches(bytes, 0, mark);
  }

  /** Searched from the end, where it is. */
  private static boolean contains(byte[] bytes, int... mark) {
    for (int at = bytes.length - mark.length; at >= 0; at--) {
      if (matches(bytes, at, mark)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[at + i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
