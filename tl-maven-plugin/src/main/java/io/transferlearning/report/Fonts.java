package io.transferlearning.report;

/** What plots need of the machine. */
public final class Fonts {
  private Fonts() {}

  /**
   * Draws a letter and throws it away; a tenth of a second. A slim container's Java often finds no
   * fonts, and better says so before a training than after it.
   *
   * @throws io.transferlearning.problem.Problem when this Java has no fonts
   */
  public static void require() {
    Canvas.textWidth(Style.font(java.awt.Font.PLAIN, 12), "x");
  }
}
