package io.transferlearning.data.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Which decoder reads which format: always the same one, whatever other plug-ins of ImageIO are on
 * the class path, so that a file has the same pixels everywhere.
 */
final class ImageReaders {
  private static final String JDK = "com.sun.imageio.";
  private static final ImageReaderSpi WEBP = new WebPImageReaderSpi();

  private ImageReaders() {}

  /** A reader of a format: the JDK's own, and TwelveMonkeys' for WebP. */
  static ImageReader of(ImageFormat format) throws IOException {
    if (format == ImageFormat.WEBP) {
      return WEBP.createReaderInstance();
    }
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith(JDK)) {
        return reader;
      }
    }
    throw new IOException("this Java has no decoder of " + format.name() + " files");
  }
}
