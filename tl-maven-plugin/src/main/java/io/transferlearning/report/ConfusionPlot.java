package io.transferlearning.report;

import io.transferlearning.evaluation.ConfusionMatrix;
import io.transferlearning.evaluation.WholeFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A confusion matrix as a map: a row for each true class, a column for each predicted one, counts
 * in the cells. A cell's colour is its share of the row, so that small classes show as well as
 * large ones.
 */
public final class ConfusionPlot {
  private static final int MARGIN = 24;
  private static final int TITLE = 64;
  private static final int AXIS = 40;
  private static final int GAP = 12;
  private static final int LONGEST_NAME = 18;

  private final ConfusionMatrix confusion;
  private final int size;
  private final int cell;
  private final Font names;
  private final Font counts;
  private int left;
  private int top;

  private ConfusionPlot(ConfusionMatrix confusion) {
    this.confusion = confusion;
    this.size = confusion.classes().size();
    this.cell = Math.max(42, Math.min(96, 860 / Math.max(1, size)));
    this.names = Style.font(Font.PLAIN, Math.max(15, Math.min(20, cell / 3)));
    this.counts = Style.font(Font.PLAIN, Math.max(15, Math.min(24, cell / 3)));
  }

  /**
   * Draws the picture into a PNG file; it grows with the number of classes.
   *
   * @throws io.transferlearning.problem.Problem when this Java has no fonts
   */
  public static void write(Path png, String title, ConfusionMatrix confusion) throws IOException {
    WholeFile.write(png, png(title, confusion));
  }

  static byte[] png(String title, ConfusionMatrix confusion) throws IOException {
    return new ConfusionPlot(confusion).png(title);
  }

  private byte[] png(String title) throws IOException {
    int nameSpace =
        (int)
            Math.ceil(
                confusion.classes().stream()
                    .mapToDouble(name -> Canvas.textWidth(names, shortened(name)))
                    .max()
                    .orElse(0));
    left = MARGIN + AXIS + nameSpace + GAP;
    top = TITLE + 8;
    int side = size * cell;
    int titleSpace = (int) Canvas.textWidth(Style.font(Font.BOLD, 28), title) + 2 * MARGIN;
    int width = Math.max(left + side + 2 * MARGIN, titleSpace);
    int height = top + side + GAP + nameSpace + AXIS + MARGIN;
    return Canvas.png(width, height, graphics -> draw(graphics, title, width, height));
  }

  private void draw(Graphics2D graphics, String title, int width, int height) {
    for (int t = 0; t < size; t++) {
      for (int p = 0; p < size; p++) {
        drawCell(graphics, t, p);
      }
      drawRowName(graphics, t);
      drawColumnName(graphics, t);
    }
    graphics.setColor(Style.INK);
    graphics.setFont(Style.font(Font.BOLD, 28));
    centred(graphics, title, width / 2.0, 44);
    graphics.setFont(Style.font(Font.PLAIN, 22));
    centred(graphics, "Predicted class", left + size * cell / 2.0, height - MARGIN);
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, MARGIN + 16, top + size * cell / 2.0);
    centred(graphics, "True class", MARGIN + 16, top + size * cell / 2.0);
    graphics.setTransform(upright);
  }

  private void drawCell(Graphics2D graphics, int actual, int predicted) {
    double x = left + predicted * cell;
    double y = top + actual * cell;
    int count = confusion.count(actual, predicted);
    int support = confusion.support(actual);
    double share = support == 0 ? 0 : (double) count / support;
    graphics.setColor(Style.shade(share, actual == predicted));
    graphics.fill(new Rectangle2D.Double(x, y, cell, cell));
    graphics.setColor(Style.LINE);
    graphics.draw(new Rectangle2D.Double(x, y, cell, cell));
    graphics.setColor(share > 0.55 ? Color.WHITE : count == 0 ? Style.FAINT : Style.INK);
    String text = Integer.toString(count);
    graphics.setFont(fitting(graphics, text));
    middle(graphics, text, x + cell / 2.0, y + cell / 2.0);
  }

  /** The counts' font, or a smaller one where a large count would leave its cell. */
  private Font fitting(Graphics2D graphics, String text) {
    float width = graphics.getFontMetrics(counts).stringWidth(text);
    float room = cell - 6;
    return width <= room ? counts : counts.deriveFont(counts.getSize2D() * room / width);
  }

  private void drawRowName(Graphics2D graphics, int index) {
    graphics.setColor(Style.INK);
    graphics.setFont(names);
    String name = shortened(confusion.classes().get(index));
    FontMetrics metrics = graphics.getFontMetrics();
    float x = left - GAP - metrics.stringWidth(name);
    graphics.drawString(name, x, baseline(metrics, top + (index + 0.5) * cell));
  }

  /** Written upwards, so that long names of narrow columns do not run into each other. */
  private void drawColumnName(Graphics2D graphics, int index) {
    graphics.setColor(Style.INK);
    graphics.setFont(names);
    String name = shortened(confusion.classes().get(index));
    FontMetrics metrics = graphics.getFontMetrics();
    double x = left + (index + 0.5) * cell;
    double y = top + size * cell + GAP;
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, x, y);
    graphics.drawString(name, (float) x - metrics.stringWidth(name), baseline(metrics, y));
    graphics.setTransform(upright);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "\u2026";
  }

  private static void centred(Graphics2D graphics, String text, double x, double y) {
    double width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, (float) (x - width / 2), (float) y);
  }

  private static void middle(Graphics2D graphics, String text, double x, double y) {
    centred(graphics, text, x, baseline(graphics.getFontMetrics(), y));
  }

  private static float baseline(FontMetrics metrics, double middle) {
    return (float) (middle + (metrics.getAscent() - metrics.getDescent()) / 2.0);
  }
}
