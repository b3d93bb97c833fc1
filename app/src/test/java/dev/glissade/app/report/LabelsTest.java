package dev.glissade.app.report;

import static dev.glissade.app.report.ReportTest.line;
import static dev.glissade.app.report.ReportTest.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What XChart leaves out of static pictures, read from their SVG.
class LabelsTest {

  private static final Pattern TEXT =
      Pattern.compile("<text style=\"([^\"]*)\" x=\"([\\d.]+)\" y=\"([\\d.]+)\">([^<]*)</text>");

  private record Text(String text, double x, double y) {}

  @BeforeEach
  void requireFonts() {
    assumeTrue(Chart.canBeDrawn(), "no fonts here");
  }

  private static List<Text> texts(Chart chart) {
    List<Text> texts = new ArrayList<>();
    Matcher matcher = TEXT.matcher(chart.svg());
    while (matcher.find()) {
      texts.add(
          new Text(
              matcher.group(4),
              Double.parseDouble(matcher.group(2)),
              Double.parseDouble(matcher.group(3))));
    }
    return texts;
  }

  @Test
  void everyLineHasItsNameAndFinalLossAtItsEnd() {
    List<Text> texts =
        texts(CurvesChart.of(report(line("lstm", 10, 1, 0.1), line("adam", 10, 2, 1))));
    Text lstm =
        texts.stream().filter(it -> it.text.equals("lstm  0.100")).findFirst().orElseThrow();
    Text adam = texts.stream().filter(it -> it.text.equals("adam  1.00")).findFirst().orElseThrow();
    assertThat(lstm.x).isEqualTo(adam.x).isGreaterThan(700);
    assertThat(lstm.y).isGreaterThan(adam.y + 100);
  }

  @Test
  void namesOfLinesThatEndTogetherDoNotOverlap() {
    List<Text> names =
        texts(
                CurvesChart.of(
                    report(
                        line("a", 10, 1, 0.1),
                        line("b", 10, 2, 0.1001),
                        line("c", 10, 1, 0.1002),
                        line("d", 10, 1, 0.1003),
                        line("diverges", 10, 1e9, Double.NaN),
                        line("too", 10, 1e9, Double.NaN))))
            .stream()
            .filter(it -> it.text.matches("[a-d]  0.100|.* diverged"))
            .toList();
    assertThat(names).hasSize(6);
    List<Double> heights = names.stream().map(Text::y).sorted().toList();
    for (int i = 1; i < heights.size(); i++) {
      assertThat(heights.get(i) - heights.get(i - 1)).isGreaterThan(16);
    }
    assertThat(heights.getFirst()).isGreaterThan(30);
    assertThat(heights.getLast()).isLessThan(520);
  }

  /// It had no label below 1 though the best curve ended at 0.1.
  @Test
  void theLossAxisHasLabelsFromEndToEnd() {
    List<String> texts =
        texts(CurvesChart.of(report(line("lstm", 10, 1, 0.1)))).stream().map(Text::text).toList();
    assertThat(texts).contains("0.1", "0.2", "1", "2", "10", "30").doesNotContain("0.05");
  }

  /// It ended at 90 of 100. XChart draws these labels as shapes: there is ink under the last step.
  @Test
  void theStepAxisHasALabelAtItsEnd() throws IOException {
    double[] curve = new double[101];
    Arrays.fill(curve, 0.5);
    Chart chart = CurvesChart.of(report(line("lstm", curve)));
    Text name =
        texts(chart).stream().filter(it -> it.text.startsWith("lstm")).findFirst().orElseThrow();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(chart.png()));
    int end = (int) name.x - 30;
    assertThat(ink(image, end - 12, end + 12)).isPositive();
    assertThat(ink(image, end - 40, end - 20)).as("between 90 and 100").isZero();
  }

  /// How many dark pixels there are below the axis.
  private static long ink(BufferedImage image, int left, int right) {
    return IntStream.range(left, right)
        .mapToLong(
            x -> IntStream.range(508, 526).filter(y -> (image.getRGB(x, y) & 0xFF) < 0x60).count())
        .sum();
  }

  /// PNG and SVG of one chart: painting must not change it.
  @Test
  void aChartCanBePaintedTwice() {
    Chart chart = CurvesChart.of(report(line("lstm", 10, 1, 0.1)));
    String first = chart.svg();
    assertThat(chart.svg()).isEqualTo(first);
  }
}
