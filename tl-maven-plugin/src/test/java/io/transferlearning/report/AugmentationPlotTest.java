package io.transferlearning.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.report.AugmentationPlot.Column;
import io.transferlearning.report.AugmentationPlot.Square;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationPlotTest {
  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00C000;
  private static final int BLUE = 0x0000FF;
  private static final int TILE = 160;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("one", List.of(plain(RED), plain(GREEN))),
          new Column("a class whose name is too long", List.of(plain(BLUE), plain(RED))));

  @Test
  void everyVersionHasItsPlace() throws IOException {
    BufferedImage image = picture("Images");
    int left = first(image, GREEN)[0];
    int top = first(image, BLUE)[1];
    assertThat(first(image, RED)).containsExactly(left, top);
    assertThat(first(image, BLUE)[0]).isGreaterThanOrEqualTo(left + TILE);
    assertThat(first(image, GREEN)[1]).isGreaterThan(top + TILE);
    assertThat(count(image, RED)).isEqualTo(2 * TILE * TILE);
    assertThat(count(image, GREEN)).isEqualTo(TILE * TILE);
    assertThat(count(image, BLUE)).isEqualTo(TILE * TILE);
  }

  @Test
  void theTitleFits() throws IOException {
    assertThat(
            picture("A title that is longer than all of the columns together would be").getWidth())
        .isGreaterThan(picture("Images").getWidth());
  }

  @Test
  void thePageHasIt(@TempDir Path folder) throws IOException {
    Path png = folder.resolve("augmentation.png");
    AugmentationPlot.write(png, "Images", COLUMNS, List.of("evaluation", "epoch 1"));
    ReportData data = Samples.report();
    String page =
        HtmlReport.text(
            new ReportData(
                data.title(),
                data.verdicts(),
                data.facts(),
                data.checks(),
                data.metrics(),
                data.predictions(),
                data.history(),
                png));
    byte[] drawn = AugmentationPlot.png("Images", COLUMNS, List.of("evaluation", "epoch 1"));
    assertThat(page)
        .contains("<h2>Augmentation</h2>")
        .contains(Base64.getEncoder().encodeToString(drawn));
    assertThat(HtmlReport.text(data)).doesNotContain("Augmentation");
  }

  private static BufferedImage picture(String title) throws IOException {
    byte[] png = AugmentationPlot.png(title, COLUMNS, List.of("evaluation", "epoch 1"));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static Square plain(int colour) {
    byte[] rgb = new byte[8 * 8 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (colour >> (8 * (2 - i % 3)));
    }
    return new Square(8, rgb);
  }

  /** The uppermost, leftmost pixel of a colour. */
  private static int[] first(BufferedImage image, int colour) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == colour) {
          return new int[] {x, y};
        }
      }
    }
    throw new AssertionError("no such colour");
  }

  private static int count(BufferedImage image, int colour) {
    int found = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        found += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return found;
  }
}
