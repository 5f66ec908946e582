package io.transferlearning.report;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** One measure over the epochs: a curve of training, a curve of validation, the best epoch. */
final class CurvePanel {
  /** With more epochs than this, markers would hide the curve. */
  private static final int MOST_MARKERS = 40;

  /** Part of the values that is shown beyond either end of them. */
  private static final double AIR = 0.04;

  private final History history;
  private final String label;
  private final XYSeriesCollection curves = new XYSeriesCollection();
  private final XYSeriesCollection best = new XYSeriesCollection();
  private final AxisRange range;

  /**
   * @param label of the value axis, with its unit
   * @param train the measure on the training images; not drawn where it is not finite
   * @param validation likewise on the validation images
   * @param bestText says in the legend what the best epoch reached
   * @param limit the largest value the measure can have
   */
  CurvePanel(
      History history,
      String label,
      ToDoubleFunction<Epoch> train,
      ToDoubleFunction<Epoch> validation,
      Function<Epoch, String> bestText,
      double limit) {
    this.history = history;
    this.label = label;
    curves.addSeries(series("training", train));
    curves.addSeries(series("validation", validation));
    for (Epoch epoch : history.epochs()) {
      if (epoch.number() == history.bestEpoch()
          && Double.isFinite(validation.applyAsDouble(epoch))) {
        XYSeries point = new XYSeries(bestText.apply(epoch));
        point.add(epoch.number(), validation.applyAsDouble(epoch));
        best.addSeries(point);
      }
    }
    this.range = AxisRange.of(curves, limit);
  }

  private XYSeries series(String name, ToDoubleFunction<Epoch> value) {
    XYSeries series = new XYSeries(name);
    for (Epoch epoch : history.epochs()) {
      double y = value.applyAsDouble(epoch);
      // JFreeChart leaves a gap at NaN, but an infinite value would take the axis with it.
      series.add(epoch.number(), Double.isFinite(y) ? y : Double.NaN);
    }
    return series;
  }

  /** The two curves, training first; values are in the axis's unit. */
  XYSeriesCollection curves() {
    return curves;
  }

  /** One series with one point, named as in the legend; none when it could not be measured. */
  XYSeriesCollection best() {
    return best;
  }

  /** What the value axis shows. */
  AxisRange range() {
    return range;
  }

  void draw(Graphics2D graphics, Rectangle2D area) {
    chart().draw(graphics, area);
  }

  private JFreeChart chart() {
    XYPlot plot = new XYPlot(curves, epochAxis(), valueAxis(), curveRenderer());
    plot.setDataset(1, best);
    plot.setRenderer(1, bestRenderer());
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlinePaint(Style.LINE);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Style.LINE);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    if (best.getSeriesCount() > 0) {
      plot.addDomainMarker(
          new ValueMarker(history.bestEpoch(), Style.BEST, dashed(1.5f, 3, 5)), Layer.BACKGROUND);
    }
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    // The topmost tick's label stands half above the plot.
    chart.setPadding(new RectangleInsets(14, 0, 0, 0));
    chart.addSubtitle(Style.legend(plot));
    return chart;
  }

  private NumberAxis epochAxis() {
    NumberAxis axis = axis(history.pass().label());
    int last = history.epochs().stream().mapToInt(Epoch::number).max().orElse(1);
    int first = history.epochs().stream().mapToInt(Epoch::number).min().orElse(1);
    // Half an epoch of air, or more where there are many, keeps markers off the frame.
    double air = Math.max(0.5, (last - first) * 0.02);
    axis.setRange(Math.max(0.5, first - air), last + air);
    axis.setTickUnit(new NumberTickUnit(AxisRange.wholeStep(last - first)));
    return axis;
  }

  private NumberAxis valueAxis() {
    NumberAxis axis = axis(label);
    // A curve may run along an end: air keeps its markers, and the best epoch's ring, off the
    // frame.
    double air = (range.high() - range.low()) * AIR;
    axis.setRange(range.low() - air, range.high() + air);
    axis.setTickUnit(new NumberTickUnit(range.step(), range.format()));
    return axis;
  }

  private static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    Style.axis(axis);
    return axis;
  }

  /** Training is dashed with circles and validation solid with squares, so grey print will do. */
  private XYLineAndShapeRenderer curveRenderer() {
    boolean markers = history.epochs().size() <= MOST_MARKERS;
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, markers);
    renderer.setSeriesPaint(0, Style.TRAIN);
    renderer.setSeriesPaint(1, Style.VALIDATION);
    renderer.setSeriesStroke(0, dashed(3, 10, 7));
    renderer.setSeriesStroke(
        1, new BasicStroke(3.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    renderer.setSeriesShape(0, circle(4.5));
    renderer.setSeriesShape(1, new Rectangle2D.Double(-4.5, -4.5, 9, 9));
    renderer.setLegendLine(new Line2D.Double(-22, 0, 22, 0));
    renderer.setDrawSeriesLineAsPath(true);
    return renderer;
  }

  private static XYLineAndShapeRenderer bestRenderer() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setSeriesShape(0, circle(10));
    renderer.setSeriesShapesFilled(0, false);
    renderer.setSeriesPaint(0, Style.BEST);
    renderer.setSeriesOutlineStroke(0, new BasicStroke(3));
    renderer.setUseOutlinePaint(false);
    return renderer;
  }

  private static Shape circle(double radius) {
    return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
  }

  private static BasicStroke dashed(float width, float dash, float gap) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {dash, gap}, 0);
  }
}
