package io.transferlearning.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments before the first scan of a JPEG file, and the file as the JDK's decoder should get
 * it. The JDK converts by colour profiles, slowly, where Pillow and so every training framework
 * leaves the samples as they are stored; it stops at application segments it does not like; and it
 * takes photos without a JFIF or Adobe segment for RGB where no channel is subsampled.
 */
final class JpegSegments {
  /** Adobe's transform of inks by way of luminance and chrominance. */
  static final int YCCK = 2;

  private static final int START_OF_SCAN = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final byte[] JFIF = ascii("JFIF\0");
  private static final byte[] ADOBE = ascii("Adobe");
  private static final byte[] EXIF = ascii("Exif\0\0");

  /** Offset of the transform in an Adobe segment's payload. */
  private static final int TRANSFORM = 11;

  /** Offset of the number of components in a frame's payload, and bytes of each component. */
  private static final int COMPONENTS = 5;

  private static final int COMPONENT = 3;

  /** Version 1.01, no unit, one by one, no thumbnail. */
  private static final byte[] PLAIN_JFIF = {
    (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  /** Bytes of a marker, and of the length behind it, which counts itself. */
  private static final int MARKER = 2;

  private static final int LENGTH = 2;

  /** A segment: marker, length and payload, from {@code start} to {@code end}. */
  private record Segment(int marker, int start, int end) {
    int payload() {
      return start + MARKER + LENGTH;
    }
  }

  private final byte[] file;
  private final List<Segment> segments = new ArrayList<>();
  private int rest;

  private JpegSegments(byte[] file) {
    this.file = file;
  }

  /** Looks for the segments; anything but whole ones is left for the decoder to judge. */
  static JpegSegments of(byte[] file) {
    JpegSegments all = new JpegSegments(file);
    int at = MARKER;
    while (at + MARKER + LENGTH <= file.length && (file[at] & 0xFF) == 0xFF) {
      int marker = file[at + 1] & 0xFF;
      if (marker == 0xFF) {
        // Any number of fill bytes may stand before a marker.
        at++;
        continue;
      }
      int end = at + MARKER + (all.unsigned(at + 2) << 8 | all.unsigned(at + 3));
      if (marker == START_OF_SCAN || end > file.length || end < at + MARKER + LENGTH) {
        break;
      }
      all.segments.add(new Segment(marker, at, end));
      at = end;
    }
    all.rest = at;
    return all;
  }

  /** The number of colour components; 0 where no frame is found. */
  int components() {
    Segment frame = frame();
    return frame == null || frame.end() <= frame.payload() + COMPONENTS
        ? 0
        : unsigned(frame.payload() + COMPONENTS);
  }

  /** Adobe's transform: 0 none, 1 luminance and chrominance, 2 {@link #YCCK}; -1 without one. */
  int adobeTransform() {
    Segment adobe = find(APP14, ADOBE);
    return adobe == null || adobe.end() <= adobe.payload() + TRANSFORM
        ? -1
        : unsigned(adobe.payload() + TRANSFORM);
  }

  /** Offset of the first scan, or of what is no whole segment. */
  int firstScan() {
    return rest;
  }

  /** The EXIF data, from its byte order on; empty where there is none. */
  byte[] exif() {
    Segment exif = find(APP1, EXIF);
    return exif == null
        ? new byte[0]
        : Arrays.copyOfRange(file, exif.payload() + EXIF.length, exif.end());
  }

  /**
   * The file with no application segment but the one that tells its colours: JFIF, else Adobe's,
   * and a JFIF segment where there is neither and libjpeg would take it for luminance and
   * chrominance.
   */
  byte[] forDecoder() {
    boolean jfif = find(APP0, JFIF) != null;
    boolean adobe = !jfif && adobeTransform() >= 0;
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length + PLAIN_JFIF.length);
    kept.write(file, 0, Math.min(MARKER, file.length));
    if (jfif || (!adobe && components() == 3 && !namedRgb())) {
      kept.write(PLAIN_JFIF, 0, PLAIN_JFIF.length);
    }
    for (Segment segment : segments) {
      boolean application = segment.marker() >= APP0 && segment.marker() <= APP15;
      if (!application || (adobe && segment.equals(find(APP14, ADOBE)))) {
        kept.write(file, segment.start(), segment.end() - segment.start());
      }
    }
    if (rest < file.length) {
      kept.write(file, rest, file.length - rest);
    }
    return kept.toByteArray();
  }

  /** Whether the components are called R, G and B. */
  private boolean namedRgb() {
    Segment frame = frame();
    if (frame == null || frame.payload() + COMPONENTS + 1 + 3 * COMPONENT > frame.end()) {
      return false;
    }
    int first = frame.payload() + COMPONENTS + 1;
    return file[first] == 'R'
        && file[first + COMPONENT] == 'G'
        && file[first + 2 * COMPONENT] == 'B';
  }

  /** SOF0 to SOF15, without the three of these numbers that are other segments. */
  private @Nullable Segment frame() {
    for (Segment segment : segments) {
      int marker = segment.marker();
      if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
        return segment;
      }
    }
    return null;
  }

  private @Nullable Segment find(int marker, byte[] name) {
    for (Segment segment : segments) {
      int at = segment.payload();
      if (segment.marker() == marker
          && at + name.length <= segment.end()
          && Arrays.equals(file, at, at + name.length, name, 0, name.length)) {
        return segment;
      }
    }
    return null;
  }

  private int unsigned(int at) {
    return file[at] & 0xFF;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
