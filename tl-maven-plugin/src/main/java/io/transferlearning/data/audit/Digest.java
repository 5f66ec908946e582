package io.transferlearning.data.audit;

import io.transferlearning.data.image.Pixels;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;

/**
 * The first 128 bits of a SHA-256: no two different images of a dataset share one by accident, and
 * a million of them fit in memory.
 */
record Digest(long high, long low) implements Comparable<Digest> {
  /** Of nothing: of a file that can not be read. */
  static final Digest NONE = new Digest(0, 0);

  static final int BYTES = 2 * Long.BYTES;

  private static final Comparator<Digest> ORDER =
      Comparator.comparingLong(Digest::high).thenComparingLong(Digest::low);

  /** Of a file's bytes. */
  static Digest of(byte[] file) {
    return of(sha256(), file);
  }

  /** Of an image's size and pixels. */
  static Digest of(Pixels image) {
    MessageDigest sha256 = sha256();
    sha256.update(
        ByteBuffer.allocate(2 * Integer.BYTES).putInt(image.width()).putInt(image.height()).flip());
    return of(sha256, image.rgb());
  }

  private static Digest of(MessageDigest sha256, byte[] bytes) {
    ByteBuffer digest = ByteBuffer.wrap(sha256.digest(bytes));
    return new Digest(digest.getLong(), digest.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(Digest other) {
    return ORDER.compare(this, other);
  }
}
