package io.transferlearning.data.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A file in memory as ImageIO reads it (its default is a cache file for each image). Decoders that
 * take missing bytes for zeros are stopped when they do so without end: a damaged file of a hundred
 * bytes could otherwise keep one busy for minutes.
 */
final class FileBytes extends MemoryCacheImageInputStream {
  private static final int MOST_MISSING = 1_000;

  private int missing;

  FileBytes(byte[] file) {
    super(new ByteArrayInputStream(file));
  }

  @Override
  public int read() throws IOException {
    return counted(super.read());
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return counted(super.read(target, offset, length));
  }

  private int counted(int result) throws IOException {
    if (result < 0 && ++missing > MOST_MISSING) {
      throw new IOException("the file ends early");
    }
    return result;
  }
}
