package io.transferlearning.weights.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a file's digest must be, or begin with.
 *
 * @param algorithm of the digest
 * @param prefix its first hexadecimal digits in lower case, at most all of them
 */
public record Checksum(Algorithm algorithm, String prefix) {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final int BUFFER_BYTES = 1 << 16;

  /** A digest's algorithm. */
  public enum Algorithm {
    /** 64 hexadecimal digits. */
    SHA_256("SHA-256", 64),
    /** 40 hexadecimal digits. */
    SHA_1("SHA-1", 40);

    private final String name;
    private final int digits;

    Algorithm(String name, int digits) {
      this.name = name;
      this.digits = digits;
    }

    /**
     * The digest of a file, in lower case.
     *
     * @throws IOException if the file can not be read
     */
    public String of(Path file) throws IOException {
      MessageDigest digest;
      try {
        digest = MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
      byte[] buffer = new byte[BUFFER_BYTES];
      try (InputStream in = Files.newInputStream(file)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          digest.update(buffer, 0, count);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** A whole SHA-256, or the beginning of one. */
  public static Checksum sha256(String prefix) {
    return new Checksum(Algorithm.SHA_256, prefix.toLowerCase(Locale.ROOT));
  }

  /** Whether a text is a whole SHA-256. */
  public static boolean isSha256(String text) {
    return text.length() == Algorithm.SHA_256.digits && HEX.matcher(text).matches();
  }

  /** Whether a digest is as it must be. */
  public boolean matches(String digest) {
    return digest.startsWith(prefix);
  }

  /** Such as {@code SHA-256 f37072fd...}. */
  public String text() {
    return algorithm.name + " " + prefix + (prefix.length() < algorithm.digits ? "..." : "");
  }
}
