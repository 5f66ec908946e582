package io.transferlearning.data.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Takes the stored samples of an image, past AWT's colour management: {@link BufferedImage#getRGB}
 * is slow, and brightens grey and 16-bit images by a gamma curve.
 */
public final class RasterPixels {
  private static final ColorModel RGB =
      new ComponentColorModel(
          ColorSpace.getInstance(ColorSpace.CS_sRGB),
          false,
          false,
          Transparency.OPAQUE,
          DataBuffer.TYPE_BYTE);

  private RasterPixels() {}

  /** Reads an image of three channels right into the order of {@link Pixels}. */
  static Pixels read(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), Pixels.CHANNELS)];
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(rgb, rgb.length),
            width,
            height,
            width * Pixels.CHANNELS,
            Pixels.CHANNELS,
            new int[] {0, 1, 2},
            null);
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setDestination(new BufferedImage(RGB, raster, false, null));
    reader.read(0, parameters);
    return new Pixels(width, height, rgb);
  }

  /**
   * @throws IOException where samples are no unsigned integers: what is black or white is not known
   */
  static Pixels of(BufferedImage image) throws IOException {
    requireUnsigned(image);
    byte[] rgb =
        new byte[Math.multiplyExact(Math.multiplyExact(image.getWidth(), image.getHeight()), 3)];
    if (isPlainBgr(image)) {
      swapBgr(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), rgb);
    } else if (image.getColorModel() instanceof IndexColorModel palette) {
      lookUp(image.getRaster(), palette, rgb);
    } else if (image.getColorModel() instanceof ComponentColorModel model) {
      copySamples(image.getRaster(), model, rgb);
    } else {
      unpack(image, rgb);
    }
    return new Pixels(image.getWidth(), image.getHeight(), rgb);
  }

  /**
   * Cyan, magenta, yellow and black of 8 or 16 bits, whatever colours the JDK takes them for.
   *
   * @throws IOException where there are other inks, or alpha, or samples of another kind
   */
  static Pixels ofInks(BufferedImage image) throws IOException {
    requireUnsigned(image);
    int inks = image.getRaster().getNumBands();
    int bits = image.getSampleModel().getSampleSize(0);
    if (inks != 4 || (bits != 8 && bits != 16)) {
      throw new IOException(
          "it has %d inks of %d bits, not 4 of 8 or 16; save it as RGB with 8 bits a sample"
              .formatted(inks, bits));
    }
    return InkPixels.ofCmyk(image.getRaster(), bits);
  }

  private static void requireUnsigned(BufferedImage image) throws IOException {
    int kind = image.getRaster().getTransferType();
    if (kind == DataBuffer.TYPE_FLOAT || kind == DataBuffer.TYPE_DOUBLE) {
      throw new IOException("its samples are floating-point numbers; save it with 8 bits a sample");
    } else if (kind == DataBuffer.TYPE_SHORT) {
      throw new IOException("its samples are signed numbers; save it with 8 bits a sample");
    }
  }

  /** What the JDK makes of nearly every photo. */
  private static boolean isPlainBgr(BufferedImage image) {
    return image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getDataBuffer().getSize() == image.getWidth() * image.getHeight() * 3;
  }

  private static void swapBgr(byte[] bgr, byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
  }

  private static void lookUp(Raster raster, IndexColorModel palette, byte[] rgb) {
    int[] row = new int[raster.getWidth()];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int index : row) {
        rgb[at++] = (byte) palette.getRed(index);
        rgb[at++] = (byte) palette.getGreen(index);
        rgb[at++] = (byte) palette.getBlue(index);
      }
    }
  }

  /**
   * Bands in logical order: one or two of grey (and alpha), three or four of RGB (and alpha). What
   * was multiplied by alpha, as TIFF files may have it, is divided by it.
   */
  private static void copySamples(Raster raster, ComponentColorModel model, byte[] rgb) {
    int bands = raster.getNumBands();
    int green = bands < 3 ? 0 : 1;
    int blue = bands < 3 ? 0 : 2;
    int shift = Math.max(0, model.getComponentSize(0) - 8);
    boolean multiplied = model.hasAlpha() && model.isAlphaPremultiplied();
    int[] row = new int[raster.getWidth() * bands];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int x = 0; x < row.length; x += bands) {
        int alpha = multiplied ? (row[x + bands - 1] >> shift) & 0xFF : 255;
        rgb[at++] = divided(row[x] >> shift, alpha);
        rgb[at++] = divided(row[x + green] >> shift, alpha);
        rgb[at++] = divided(row[x + blue] >> shift, alpha);
      }
    }
  }

  /** As Pillow's RGBa becomes RGBA: black where nothing is to be seen. */
  private static byte divided(int sample, int alpha) {
    if (alpha == 255) {
      return (byte) sample;
    }
    return (byte) (alpha == 0 ? 0 : Math.min(255, (sample & 0xFF) * 255 / alpha));
  }

  /** Packed pixels, as in some BMP files; their colour space is sRGB already. */
  private static void unpack(BufferedImage image, byte[] rgb) {
    int[] row = new int[image.getWidth()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        rgb[at++] = (byte) (pixel >> 16);
        rgb[at++] = (byte) (pixel >> 8);
        rgb[at++] = (byte) pixel;
      }
    }
  }
}
