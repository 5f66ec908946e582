package io.transferlearning.data.pixel;

import io.transferlearning.data.image.Pixels;

/**
 * Operations of Pillow's {@code ImageOps} that give each level of a channel another, made in place.
 */
public final class Tables {
  private static final int LEVELS = 256;

  private Tables() {}

  /** Keeps the highest {@code bits} bits of each level, 0..8. */
  public static void posterize(Pixels image, int bits) {
    int mask = -(1 << (8 - bits));
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = (byte) (level & mask);
    }
    apply(image, table, table, table);
  }

  /** Inverts the levels from {@code threshold} on, 0..256. */
  public static void solarize(Pixels image, double threshold) {
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = (byte) (level < threshold ? level : 255 - level);
    }
    apply(image, table, table, table);
  }

  /** Stretches the levels of each channel over the whole range. */
  public static void autocontrast(Pixels image) {
    byte[][] tables = new byte[Pixels.CHANNELS][];
    for (int channel = 0; channel < tables.length; channel++) {
      tables[channel] = stretched(histogram(image, channel));
    }
    apply(image, tables[0], tables[1], tables[2]);
  }

  /** Gives all levels of each channel about the same number of pixels. */
  public static void equalize(Pixels image) {
    byte[][] tables = new byte[Pixels.CHANNELS][];
    for (int channel = 0; channel < tables.length; channel++) {
      tables[channel] = equalized(histogram(image, channel));
    }
    apply(image, tables[0], tables[1], tables[2]);
  }

  private static void apply(Pixels image, byte[] red, byte[] green, byte[] blue) {
    byte[] rgb = image.rgb();
    for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
      rgb[i] = red[rgb[i] & 0xFF];
      rgb[i + 1] = green[rgb[i + 1] & 0xFF];
      rgb[i + 2] = blue[rgb[i + 2] & 0xFF];
    }
  }

  private static int[] histogram(Pixels image, int channel) {
    byte[] rgb = image.rgb();
    int[] counts = new int[LEVELS];
    for (int i = channel; i < rgb.length; i += Pixels.CHANNELS) {
      counts[rgb[i] & 0xFF]++;
    }
    return counts;
  }

  private static int lowest(int[] histogram) {
    int level = 0;
    while (histogram[level] == 0) {
      level++;
    }
    return level;
  }

  private static int highest(int[] histogram) {
    int level = LEVELS - 1;
    while (histogram[level] == 0) {
      level--;
    }
    return level;
  }

  private static byte[] stretched(int[] histogram) {
    int lowest = lowest(histogram);
    int highest = highest(histogram);
    if (highest <= lowest) {
      return unchanged();
    }
    double scale = 255.0 / (highest - lowest);
    double offset = -lowest * scale;
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      int stretched = (int) (level * scale + offset);
      table[level] = (byte) Math.max(0, Math.min(255, stretched));
    }
    return table;
  }

  private static byte[] equalized(int[] histogram) {
    int pixels = 0;
    for (int count : histogram) {
      pixels += count;
    }
    // One step for each of the 255 levels after the first; the highest level's pixels need none.
    int step = (pixels - histogram[highest(histogram)]) / 255;
    if (step == 0) {
      return unchanged();
    }
    byte[] table = new byte[LEVELS];
    int below = step / 2;
    for (int level = 0; level < LEVELS; level++) {
      table[level] = (byte) Math.min(255, below / step);
      below += histogram[level];
    }
    return table;
  }

  private static byte[] unchanged() {
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = (byte) level;
    }
    return table;
  }
}
