package io.transferlearning.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.evaluation.RateSweep;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatePlotTest {
  @Test
  void marksTheSuggestedRate() {
    RateSweep sweep = sweep();
    JFreeChart chart = RatePlot.chart("resnet18", sweep);

    ValueMarker marker =
        (ValueMarker) chart.getXYPlot().getDomainMarkers(Layer.BACKGROUND).iterator().next();

    assertThat(marker.getValue()).isEqualTo(sweep.suggestion().orElseThrow());
    assertThat(marker.getLabel()).contains("e-0");
    assertThat(chart.getXYPlot().getDataset().getItemCount(0)).isEqualTo(sweep.rates().size());
  }

  @Test
  void hasNoMarkWithoutASuggestion() {
    JFreeChart chart =
        RatePlot.chart("resnet18", new RateSweep(List.of(1e-6, 1e-5), List.of(1.0, 2.0)));

    java.util.Collection<?> markers = chart.getXYPlot().getDomainMarkers(Layer.BACKGROUND);
    assertThat(markers == null || markers.isEmpty()).isTrue();
  }

  @Test
  void isAPicture(@TempDir Path folder) throws Exception {
    Path png = folder.resolve("lr_finder_resnet.png");

    RatePlot.write(png, "resnet18, learning rate", sweep());

    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(RatePlot.WIDTH);
    assertThat(image.getHeight()).isEqualTo(RatePlot.HEIGHT);
  }

  private static RateSweep sweep() {
    List<Double> rates = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    Random noise = new Random(3);
    for (int i = 0; i < 85; i++) {
      double exponent = -6 + 6 * i / 99.0;
      rates.add(Math.pow(10, exponent));
      double fall = 1.2 / (1 + Math.exp(-3 * (exponent + 3.5)));
      double rise = Math.exp(4 * (exponent + 1.3));
      losses.add(1.8 - fall + rise + 0.06 * noise.nextGaussian());
    }
    return new RateSweep(rates, losses);
  }
}
