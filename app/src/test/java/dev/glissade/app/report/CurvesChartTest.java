package dev.glissade.app.report;

import static dev.glissade.app.report.ReportTest.line;
import static dev.glissade.app.report.ReportTest.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glissade.app.report.ComparisonReport.Line;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvesChartTest {

  /// The colour of the first baseline.
  private static final int COLOR = 0x332288;

  /// Left of this, there is no legend.
  private static final int PLOT = 600;

  @ParameterizedTest
  @CsvSource({
    "0, 0.01, 0.02",
    "0, -0.01, -0.02",
    "-0.5, 0.5, 2",
    "-0.5, -1, -2",
    "1, 0.1, 0.01",
    "1, -1, 0",
    "1e-290, 1e-292, 1e-294",
    "1e300, 1e299, 1e298",
    "-1e305, -1e200, 0",
    "1.7e308, 1e200, 1"
  })
  void aCurveThatStartsAnywhereCrossesThePicture(double start, double middle, double end)
      throws IOException {
    assertThat(height(report(line("sgd", start, middle, end)))).isGreaterThan(120);
  }

  /// How high the line is from its lowest to its highest point, in pixels of the 560.
  private static int height(ComparisonReport report) throws IOException {
    assumeTrue(Chart.canBeDrawn(), "no fonts here");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(CurvesChart.of(report).png()));
    int top = Integer.MAX_VALUE;
    int bottom = Integer.MIN_VALUE;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < PLOT; x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == COLOR) {
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
    return Math.max(0, bottom - top);
  }

  /// As many as the experiments of figure 7 have.
  @Test
  void sixLearnedOptimizersAndTenBaselinesHaveColoursOfTheirOwn() {
    Line[] lines =
        Stream.concat(
                IntStream.range(0, 6).mapToObj("lstm%d"::formatted),
                IntStream.range(0, 10).mapToObj("baseline%d"::formatted))
            .map(name -> line(name, 2, 1))
            .toArray(Line[]::new);
    assertThat(Stream.of(lines).map(line -> Charts.color(report(lines), line.name())))
        .doesNotHaveDuplicates();
  }

  @Test
  void theTitleSaysWhatCannotBeDrawn() {
    assertThat(Charts.cut(DoubleStream.of(1, 1e301), true)).contains("cut at 1e-300 and 1e300");
    assertThat(Charts.cut(DoubleStream.of(1, 1e-301), true)).contains("cut at 1e-300 and 1e300");
    assertThat(Charts.cut(DoubleStream.of(1, -1e301), false)).contains("cut at ±1e300");
    assertThat(Charts.cut(DoubleStream.of(1, -1e-301, Double.NaN), false)).isEmpty();
    assertThat(Charts.cut(DoubleStream.of(1, 0, 1e300), true)).isEmpty();
  }
}
