package io.transferlearning.report;

import io.transferlearning.evaluation.RateSweep;
import io.transferlearning.evaluation.WholeFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The loss over a rising learning rate, and the rate that follows from it. */
public final class RatePlot {
  static final int WIDTH = 1000;
  static final int HEIGHT = 700;

  /** Losses above this multiple of the first one are left out: they would flatten the rest. */
  private static final double SHOWN = 1.5;

  private RatePlot() {}

  /**
   * Draws the picture into a PNG file.
   *
   * @throws io.transferlearning.problem.Problem when this Java has no fonts
   */
  public static void write(Path png, String title, RateSweep sweep) throws IOException {
    JFreeChart chart = chart(title, sweep);
    WholeFile.write(
        png,
        Canvas.png(
            WIDTH,
            HEIGHT,
            graphics -> chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT))));
  }

  static JFreeChart chart(String title, RateSweep sweep) {
    XYSeriesCollection curves = new XYSeriesCollection();
    curves.addSeries(series("loss of a batch", sweep.rates(), sweep.losses()));
    curves.addSeries(series("smoothed", sweep.rates(), sweep.smoothed()));
    XYPlot plot = new XYPlot(curves, rateAxis(sweep), lossAxis(sweep), renderer());
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlinePaint(Style.LINE);
    plot.setDomainGridlinePaint(Style.LINE);
    plot.setRangeGridlinePaint(Style.LINE);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    sweep.suggestion().ifPresent(rate -> plot.addDomainMarker(marker(rate), Layer.BACKGROUND));
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(16, 16, 8, 24));
    TextTitle heading = new TextTitle(title, Style.font(Font.BOLD, 26));
    heading.setPaint(Style.INK);
    chart.setTitle(heading);
    chart.addSubtitle(Style.legend(plot));
    return chart;
  }

  private static XYSeries series(String name, List<Double> rates, List<Double> losses) {
    XYSeries series = new XYSeries(name);
    for (int i = 0; i < rates.size(); i++) {
      series.add(rates.get(i), losses.get(i));
    }
    return series;
  }

  private static LogAxis rateAxis(RateSweep sweep) {
    LogAxis axis = new LogAxis("Learning rate");
    Style.axis(axis);
    if (!sweep.rates().isEmpty()) {
      double low = Math.floor(Math.log10(sweep.rates().get(0)) + 1e-9);
      double high = Math.ceil(Math.log10(sweep.rates().get(sweep.rates().size() - 1)) - 1e-9);
      axis.setRange(Math.pow(10, low) * 0.999, Math.pow(10, Math.max(high, low + 1)) * 1.001);
    }
    // A tick at each power of ten.
    axis.setTickUnit(new NumberTickUnit(1));
    return axis;
  }

  private static NumberAxis lossAxis(RateSweep sweep) {
    NumberAxis axis = new NumberAxis("Loss (cross entropy)");
    Style.axis(axis);
    XYSeriesCollection shown = new XYSeriesCollection();
    double most = sweep.losses().isEmpty() ? 1 : SHOWN * sweep.smoothed().get(0);
    XYSeries series = new XYSeries("shown");
    for (int i = 0; i < sweep.losses().size(); i++) {
      series.add((double) i, Math.min(most, sweep.losses().get(i)));
    }
    shown.addSeries(series);
    AxisRange range = AxisRange.of(shown, Double.POSITIVE_INFINITY);
    axis.setRange(range.low(), range.high());
    axis.setTickUnit(new NumberTickUnit(range.step(), range.format()));
    return axis;
  }

  private static XYLineAndShapeRenderer renderer() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setSeriesPaint(0, Style.FAINT);
    renderer.setSeriesStroke(0, new BasicStroke(1.5f));
    renderer.setSeriesPaint(1, Style.TRAIN);
    renderer.setSeriesStroke(
        1, new BasicStroke(3.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    renderer.setDrawSeriesLineAsPath(true);
    return renderer;
  }

  private static ValueMarker marker(double rate) {
    ValueMarker marker = new ValueMarker(rate, Style.BEST, new BasicStroke(2));
    marker.setLabel(String.format(Locale.ROOT, " chosen: %.1e ", rate));
    marker.setLabelFont(Style.font(Font.PLAIN, 20));
    marker.setLabelPaint(Style.INK);
    marker.setLabelBackgroundColor(Color.WHITE);
    marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
    marker.setLabelTextAnchor(TextAnchor.TOP_LEFT);
    return marker;
  }
}
