package io.transferlearning.report;

import java.awt.Color;
import java.awt.Font;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Colours and fonts of every plot. The colours are those of M. Okabe and K. Ito, "Color Universal
 * Design" (2008), which stay apart for colour-blind readers.
 */
final class Style {
  /** What was measured on the training images: blue. */
  static final Color TRAIN = new Color(0x0072B2);

  /** What was measured on the validation images: vermilion. */
  static final Color VALIDATION = new Color(0xD55E00);

  /** The chosen epoch. */
  static final Color BEST = new Color(0x4D4D4D);

  /** Text. */
  static final Color INK = new Color(0x222222);

  /** Grid lines and frames. */
  static final Color LINE = new Color(0xDDDDDD);

  /** What is there, but does not matter: zeros of a table. */
  static final Color FAINT = new Color(0xBBBBBB);

  private Style() {}

  /**
   * The colour of a share: from white to the blue of what is right, or the vermilion of what is
   * wrong.
   *
   * @param share 0..1
   */
  static Color shade(double share, boolean right) {
    Color full = right ? TRAIN : VALIDATION;
    // A root keeps a few mistakes of a hundred visible; 1 stays 1.
    double strength = right ? share : Math.sqrt(share);
    return new Color(
        mix(full.getRed(), strength),
        mix(full.getGreen(), strength),
        mix(full.getBlue(), strength));
  }

  private static int mix(int channel, double strength) {
    return (int) Math.round(255 + (channel - 255) * strength);
  }

  /** The logical sans-serif font, which every Java with fonts has. */
  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** Gives an axis the fonts and colours of all plots. */
  static void axis(ValueAxis axis) {
    axis.setLabelFont(font(Font.PLAIN, 22));
    axis.setTickLabelFont(font(Font.PLAIN, 20));
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(LINE);
    axis.setTickMarkPaint(LINE);
    axis.setLabelInsets(new RectangleInsets(6, 6, 6, 6));
  }

  /** The legend below a plot. */
  static LegendTitle legend(XYPlot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(font(Font.PLAIN, 20));
    legend.setItemPaint(INK);
    legend.setBackgroundPaint(Color.WHITE);
    legend.setItemLabelPadding(new RectangleInsets(4, 6, 4, 24));
    return legend;
  }
}
