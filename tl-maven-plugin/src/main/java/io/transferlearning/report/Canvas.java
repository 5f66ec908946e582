package io.transferlearning.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** A white picture to draw on, without a screen, and its PNG. */
final class Canvas {
  private static final String HEADLESS = "java.awt.headless";

  private Canvas() {}

  /**
   * Draws a picture and encodes it. The same drawing gives the same bytes on the same Java with the
   * same fonts.
   *
   * @param width in pixels
   * @param height in pixels
   * @throws io.transferlearning.problem.Problem when this Java has no fonts
   */
  static byte[] png(int width, int height, Consumer<Graphics2D> drawing) throws IOException {
    stayHeadless();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      requireFonts(graphics);
      smooth(graphics);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, width, height);
      drawing.accept(graphics);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /**
   * How wide a text is, in pixels.
   *
   * @throws io.transferlearning.problem.Problem when this Java has no fonts
   */
  static double textWidth(Font font, String text) {
    stayHeadless();
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      requireFonts(graphics);
      smooth(graphics);
      return graphics.getFontMetrics(font).getStringBounds(text, graphics).getWidth();
    } finally {
      graphics.dispose();
    }
  }

  /** A build server's DISPLAY may point nowhere, and AWT would try it unless told otherwise. */
  private static void stayHeadless() {
    if (System.getProperty(HEADLESS) == null) {
      System.setProperty(HEADLESS, "true");
    }
  }

  /**
   * Measures a letter, which is where AWT notices that there is nothing to draw letters with: a
   * runtime exception ("Fontconfig head is null") or, when asked again or without libfreetype, an
   * error of linking.
   */
  private static void requireFonts(Graphics2D graphics) {
    try {
      graphics.getFontMetrics(Style.font(Font.PLAIN, 12)).stringWidth("x");
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw ReportProblems.noFonts(reason(e), e);
    }
  }

  /** AWT wraps what it noticed in exceptions of reflection; the innermost one has the words. */
  private static String reason(Throwable thrown) {
    Throwable innermost = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      innermost = cause;
    }
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getName() : message;
  }

  private static void smooth(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }
}
