package io.transferlearning.report;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.evaluation.History;
import io.transferlearning.evaluation.WholeFile;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How a training went, in one picture of 1600x700 pixels: accuracy on the left, loss on the right,
 * each of training and validation, with the epoch whose weights were kept.
 */
public final class TrainingPlot {
  static final int WIDTH = 1600;
  static final int HEIGHT = 700;
  private static final int MARGIN = 16;
  private static final int TITLE = 64;

  private TrainingPlot() {}

  /**
   * Draws the picture into a PNG file.
   *
   * @throws io.transferlearning.problem.Problem when this Java has no fonts
   */
  public static void write(Path png, String title, History history) throws IOException {
    WholeFile.write(png, png(title, history));
  }

  static byte[] png(String title, History history) throws IOException {
    CurvePanel accuracy = accuracy(history);
    CurvePanel loss = loss(history);
    return Canvas.png(
        WIDTH,
        HEIGHT,
        graphics -> {
          title(graphics, title);
          double width = (WIDTH - 3.0 * MARGIN) / 2;
          double height = HEIGHT - TITLE - MARGIN;
          accuracy.draw(graphics, new Rectangle2D.Double(MARGIN, TITLE, width, height));
          loss.draw(graphics, new Rectangle2D.Double(2 * MARGIN + width, TITLE, width, height));
        });
  }

  /** The panel of accuracies, in percent. */
  static CurvePanel accuracy(History history) {
    return new CurvePanel(
        history,
        "Accuracy (%)",
        epoch -> 100 * epoch.trainAccuracy(),
        epoch -> 100 * epoch.validationAccuracy(),
        best ->
            String.format(
                Locale.ROOT,
                "best: %s %d, %.1f %%",
                history.pass().text(),
                best.number(),
                percent(best)),
        100);
  }

  /** The panel of losses, in nats. */
  static CurvePanel loss(History history) {
    return new CurvePanel(
        history,
        "Loss (cross entropy)",
        Epoch::trainLoss,
        Epoch::validationLoss,
        best ->
            String.format(
                Locale.ROOT,
                "best: %s %d, %.3f",
                history.pass().text(),
                best.number(),
                best.validationLoss()),
        Double.POSITIVE_INFINITY);
  }

  private static double percent(Epoch epoch) {
    return 100 * epoch.validationAccuracy();
  }

  private static void title(Graphics2D graphics, String title) {
    graphics.setColor(Style.INK);
    graphics.setFont(Style.font(Font.BOLD, 28));
    int width = graphics.getFontMetrics().stringWidth(title);
    graphics.drawString(title, Math.max(MARGIN, (WIDTH - width) / 2), 44);
  }
}
