package io.transferlearning.data.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory as ImageIO reads it. The JDK's own streams of bytes copy them to a cache in
 * memory, or on the disk, first. Decoders that take missing bytes for zeros are stopped when they
 * do so without end: a damaged file of a hundred bytes could otherwise keep one busy for minutes.
 */
final class FileBytes extends ImageInputStreamImpl {
  private static final int MOST_MISSING = 1_000;

  private final byte[] file;
  private int missing;

  FileBytes(byte[] file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (streamPos >= file.length) {
      return ended();
    }
    return file[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= file.length) {
      return ended();
    }
    int bytes = (int) Math.min(length, file.length - streamPos);
    System.arraycopy(file, (int) streamPos, target, offset, bytes);
    streamPos += bytes;
    return bytes;
  }

  private int ended() throws IOException {
    if (++missing > MOST_MISSING) {
      throw new IOException("the file ends early");
    }
    return -1;
  }

  @Override
  public long length() {
    return file.length;
  }
}
