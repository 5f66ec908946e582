package io.transferlearning.report;

import io.transferlearning.evaluation.WholeFile;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What augmentation makes of images: a column for each class, with an image of it as evaluation
 * sees it on top, and as training sees it below.
 */
public final class AugmentationPlot {
  private static final int MARGIN = 24;
  private static final int TITLE = 64;
  private static final int NAMES = 34;
  private static final int GAP = 6;

  /** Sets the image of evaluation apart. */
  private static final int REST = 14;

  /** Pixels that all columns together take, where none is as small or large as it may be. */
  private static final int ALL_COLUMNS = 1000;

  private static final Font TITLE_FONT = Style.font(Font.BOLD, 28);
  private static final Font NAME_FONT = Style.font(Font.BOLD, 18);
  private static final Font LABEL_FONT = Style.font(Font.PLAIN, 18);

  private final List<Column> columns;
  private final List<String> labels;
  private final int tile;
  private final int left;

  /**
   * An image of a class, in its versions from top to bottom.
   *
   * @param name of the class
   * @param versions as many as there are labels
   */
  public record Column(String name, List<Square> versions) {
    public Column {
      versions = List.copyOf(versions);
    }
  }

  /**
   * An image as the network takes it.
   *
   * @param size height and width, in pixels
   * @param rgb {@code size * size * 3} unsigned bytes: rows of red, green, blue
   */
  @SuppressWarnings("ArrayRecordComponent") // Drawn once and forgotten.
  public record Square(int size, byte[] rgb) {}

  private AugmentationPlot(List<Column> columns, List<String> labels) {
    this.columns = columns;
    this.labels = labels;
    this.tile = Math.max(100, Math.min(160, ALL_COLUMNS / Math.max(1, columns.size())));
    double widest =
        labels.stream().mapToDouble(text -> Canvas.textWidth(LABEL_FONT, text)).max().orElse(0);
    this.left = MARGIN + (int) Math.ceil(widest) + 2 * GAP;
  }

  /**
   * Draws the picture into a PNG file.
   *
   * @param labels of the versions, from top to bottom; the first is that of evaluation
   * @throws io.transferlearning.problem.Problem when this Java has no fonts
   */
  public static void write(Path png, String title, List<Column> columns, List<String> labels)
      throws IOException {
    WholeFile.write(png, png(title, columns, labels));
  }

  static byte[] png(String title, List<Column> columns, List<String> labels) throws IOException {
    return new AugmentationPlot(List.copyOf(columns), List.copyOf(labels)).png(title);
  }

  private byte[] png(String title) throws IOException {
    int titleWidth = 2 * MARGIN + (int) Math.ceil(Canvas.textWidth(TITLE_FONT, title));
    int width = Math.max(left + columns.size() * (tile + GAP) - GAP + MARGIN, titleWidth);
    int height = top(labels.size()) - GAP + MARGIN;
    return Canvas.png(width, height, graphics -> draw(graphics, title));
  }

  /** Where a version's row begins. */
  private int top(int version) {
    return TITLE + NAMES + version * (tile + GAP) + (version == 0 ? 0 : REST);
  }

  private void draw(Graphics2D graphics, String title) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(Style.INK);
    graphics.setFont(TITLE_FONT);
    graphics.drawString(title, MARGIN, MARGIN + 24);
    graphics.setFont(LABEL_FONT);
    FontMetrics metrics = graphics.getFontMetrics();
    for (int version = 0; version < labels.size(); version++) {
      String label = labels.get(version);
      int x = left - 2 * GAP - metrics.stringWidth(label);
      graphics.drawString(label, x, top(version) + tile / 2 + metrics.getAscent() / 2 - 1);
    }
    for (int i = 0; i < columns.size(); i++) {
      draw(graphics, columns.get(i), left + i * (tile + GAP));
    }
  }

  private void draw(Graphics2D graphics, Column column, int x) {
    graphics.setFont(NAME_FONT);
    graphics.setColor(Style.INK);
    FontMetrics metrics = graphics.getFontMetrics();
    String name = fitting(column.name(), metrics);
    graphics.drawString(name, x + (tile - metrics.stringWidth(name)) / 2, TITLE + NAMES - 11);
    for (int version = 0; version < column.versions().size(); version++) {
      BufferedImage image = image(column.versions().get(version));
      graphics.drawImage(image, x, top(version), tile, tile, null);
    }
  }

  private String fitting(String name, FontMetrics metrics) {
    int length = name.length();
    String text = name;
    while (length > 1 && metrics.stringWidth(text) > tile) {
      length = name.offsetByCodePoints(length, -1);
      text = name.substring(0, length) + "…";
    }
    return text;
  }

  private static BufferedImage image(Square square) {
    int size = square.size();
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    byte[] rgb = square.rgb();
    for (int i = 0; i < size * size; i++) {
      int at = 3 * i;
      int packed = (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
      image.setRGB(i % size, i / size, packed);
    }
    return image;
  }
}
