package io.transferlearning.data.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Which decoder reads which format: always the same one, whatever other plug-ins of ImageIO are on
 * the class path, so that a file has the same pixels everywhere.
 */
final class ImageReaders {
  private static final String JDK = "com.sun.imageio.";

  /** Looked up once: searching ImageIO's registry takes longer than decoding a small photo. */
  private static final Map<ImageFormat, ImageReaderSpi> READERS = readers();

  private ImageReaders() {}

  /** A reader of a format: the JDK's own, and TwelveMonkeys' for WebP. */
  static ImageReader of(ImageFormat format) throws IOException {
    ImageReaderSpi reader = READERS.get(format);
    if (reader == null) {
      throw new IOException("this Java has no decoder of " + format.name() + " files");
    }
    return reader.createReaderInstance();
  }

  private static Map<ImageFormat, ImageReaderSpi> readers() {
    Map<ImageFormat, ImageReaderSpi> readers = new EnumMap<>(ImageFormat.class);
    readers.put(ImageFormat.WEBP, new WebPImageReaderSpi());
    Iterator<ImageReaderSpi> known =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (known.hasNext()) {
      ImageReaderSpi reader = known.next();
      if (reader.getPluginClassName().startsWith(JDK)) {
        for (ImageFormat format : ImageFormat.values()) {
          if (Arrays.asList(reader.getFormatNames()).contains(format.name())) {
            readers.putIfAbsent(format, reader);
          }
        }
      }
    }
    return readers;
  }
}
