package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The common look of all charts: colours, fonts, grid, and where the legend stands.
final class Charts {

  /// The colours of baselines, with which results are compared: Paul Tol's *muted* scheme, safe for
  /// colour-blind eyes.
  private static final List<Color> MUTED =
      List.of(
          new Color(0x332288),
          new Color(0x88CCEE),
          new Color(0x44AA99),
          new Color(0x117733),
          new Color(0x999933),
          new Color(0xAA4499),
          new Color(0x882255),
          new Color(0xDDCC77),
          new Color(0xCC6677),
          new Color(0x777777));

  /// The colours of learned optimizers, which a chart is about: from Okabe and Ito's scheme.
  private static final List<Color> STRONG =
      List.of(
          new Color(0xD55E00),
          new Color(0x000000),
          new Color(0x0072B2),
          new Color(0xE69F00),
          new Color(0x009E73),
          new Color(0xCC79A7));

  /// The colours of a series of values, from light to dark: five points of the viridis scale.
  private static final List<Color> VIRIDIS =
      List.of(
          new Color(0xD8C21A),
          new Color(0x5EC962),
          new Color(0x21918C),
          new Color(0x3B528B),
          new Color(0x440154));

  /// Beyond this, up and down, XChart's axes overflow, and below its inverse their logarithms do.
  private static final double LIMIT = 1e300;

  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE6E6E6);

  private Charts() {}

  /// The colour of an optimizer, by its position among the baselines or among the learned ones. It
  /// is the order of the command line that counts, not the ranking: another result leaves the
  /// colours as they are.
  ///
  /// @param optimizer one of those in the report
  static Color color(ComparisonReport report, String optimizer) {
    List<String> baselines = names(report, true);
    return baselines.contains(optimizer)
        ? MUTED.get(baselines.indexOf(optimizer) % MUTED.size())
        : STRONG.get(names(report, false).indexOf(optimizer) % STRONG.size());
  }

  /// A colour as a page writes it, `#rrggbb`.
  static String code(Color color) {
    return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xffffff);
  }

  private static List<String> names(ComparisonReport report, boolean baseline) {
    return report.optimizers().stream()
        .filter(line -> line.baseline() == baseline)
        .map(Line::name)
        .toList();
  }

  /// The colour of the k-th of some optimizers, k ≥ 0: the first is learned, the others are
  /// baselines.
  static Color color(int k) {
    return k == 0 ? STRONG.getFirst() : MUTED.get((k - 1) % MUTED.size());
  }

  /// A colour of the viridis scale, between its points by linear interpolation.
  ///
  /// @param darkness from light (0) to dark (1)
  static Color shade(double darkness) {
    double place = darkness * (VIRIDIS.size() - 1);
    int low = Math.min((int) place, VIRIDIS.size() - 2);
    Color from = VIRIDIS.get(low);
    Color to = VIRIDIS.get(low + 1);
    double part = place - low;
    return new Color(
        mix(from.getRed(), to.getRed(), part),
        mix(from.getGreen(), to.getGreen(), part),
        mix(from.getBlue(), to.getBlue(), part));
  }

  private static int mix(int from, int to, double part) {
    return (int) Math.round(from + part * (to - from));
  }

  /// An empty line chart of the usual size.
  static XYChart line(String title, String horizontal, String vertical) {
    return line(960, 560, title, horizontal, vertical);
  }

  /// An empty line chart of a size in pixels.
  ///
  /// @param title stands above it
  /// @param horizontal what the horizontal axis shows
  /// @param vertical what the vertical axis shows
  static XYChart line(int width, int height, String title, String horizontal, String vertical) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(horizontal)
            .yAxisTitle(vertical)
            .build();
    XYStyler styler = chart.getStyler();
    dress(styler);
    styler.setPlotContentSize(1);
    styler.setSeriesMarkers(new Marker[] {SeriesMarkers.NONE});
    return chart;
  }

  /// An empty bar chart of the usual size, whose bars of several series stand in one place.
  static CategoryChart bars(String title, String vertical) {
    CategoryChart chart =
        new CategoryChartBuilder().width(960).height(560).title(title).yAxisTitle(vertical).build();
    CategoryStyler styler = chart.getStyler();
    dress(styler);
    styler.setOverlapped(true).setAvailableSpaceFill(0.6);
    styler.setXAxisLabelRotation(30);
    return chart;
  }

  private static void dress(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE).setChartFontColor(INK).setChartPadding(16);
    styler.setChartTitleBoxVisible(false).setChartTitleFont(font(Font.BOLD, 17));
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 13)).setAxisTitleFont(font(Font.PLAIN, 14));
    styler.setAxisTickMarksColor(GRID).setAxisTickLabelsColor(INK);
    styler.setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
    styler.setLegendFont(font(Font.PLAIN, 14)).setLegendBorderColor(Color.WHITE);
    styler.setLegendSeriesLineLength(26);
  }

  /// The steps from `first` to `last`, the first one off by a hair: XChart puts a tick at every few
  /// points of evenly spaced data, and at round numbers otherwise.
  static double[] steps(int first, int last) {
    double[] steps = IntStream.rangeClosed(first, last).asDoubleStream().toArray();
    steps[0] += 2e-4;
    return steps;
  }

  /// A finite number within what can be drawn.
  static double drawable(double value, boolean logarithmic) {
    return Math.clamp(value, logarithmic ? 1 / LIMIT : -LIMIT, LIMIT);
  }

  /// What to add to a title where some finite numbers cannot be drawn as they are.
  static String cut(DoubleStream values, boolean logarithmic) {
    boolean beyond =
        values
            .filter(value -> Double.isFinite(value) && !(logarithmic && value == 0))
            .anyMatch(value -> drawable(value, logarithmic) != value);
    return beyond ? ", cut at %s1e300".formatted(logarithmic ? "1e-300 and " : "±") : "";
  }

  /// The numbers as XChart takes them.
  static double[] values(List<Double> numbers) {
    return numbers.stream().mapToDouble(number -> number).toArray();
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
