package dev.glissade.benchmarks;

import dev.glissade.benchmarks.Scaling.Row;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A picture of how cost grows: time on the left, memory on the right, both over N; a darker line
/// is a longer unroll.
final class ScalingChart {

  private static final Color FORWARD = new Color(0x0072B2);
  private static final Color BOTH_WAYS = new Color(0xD55E00);
  private static final Color MEMORY = new Color(0x117733);
  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE6E6E6);
  private static final BasicStroke SOLID = new BasicStroke(2);
  private static final BasicStroke DASHED =
      new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

  private ScalingChart() {}

  /// Draws rows into a `.png` file.
  static void draw(Machine machine, List<Row> rows, Path png) throws IOException {
    List<Integer> steps = rows.stream().map(Row::steps).distinct().sorted().toList();
    List<XYChart> panels = List.of(time(machine, rows, steps), memory(rows, steps));
    String name = png.toString().replaceFirst("\\.png$", "");
    BitmapEncoder.saveBitmap(panels, 1, 2, name, BitmapEncoder.BitmapFormat.PNG);
  }

  private static XYChart time(Machine machine, List<Row> rows, List<Integer> steps) {
    XYChart chart =
        chart(
            machine.processor() + ": one thread, and two (dashed)",
            "nanoseconds per coordinate and step, by the clock",
            LegendPosition.InsideNE);
    for (int threads = 1; threads <= 2; threads++) {
      for (int t : steps) {
        List<Row> line = line(rows, threads, t);
        double shade = shade(steps, t);
        add(chart, "both ways, T = ", line, row -> row.cost().bothNanos(), BOTH_WAYS, shade);
        add(chart, "forward, T = ", line, row -> row.cost().forwardNanos(), FORWARD, shade);
      }
    }
    return chart;
  }

  private static XYChart memory(List<Row> rows, List<Integer> steps) {
    XYChart chart =
        chart(
            "Peak of the process; inputs and states alone (dashed)", "MB", LegendPosition.InsideNW);
    for (int t : steps) {
      List<Row> line = line(rows, 1, t);
      double shade = shade(steps, t);
      add(chart, "T = ", line, row -> row.cost().peakBytes() / 1e6, MEMORY, shade);
      XYSeries bound =
          add(
              chart,
              "bound, T = ",
              line.stream().filter(row -> row.coordinates() >= 10_000).toList(),
              row -> UnrollCost.bytes(row.coordinates(), row.steps()) / 1e6,
              MEMORY,
              shade);
      bound.setLineStyle(DASHED).setShowInLegend(false);
    }
    return chart;
  }

  private static List<Row> line(List<Row> rows, int threads, int steps) {
    return rows.stream().filter(row -> row.threads() == threads && row.steps() == steps).toList();
  }

  /// From 0.35 for the shortest unroll to 1 for the longest.
  private static double shade(List<Integer> steps, int t) {
    return 1 - 0.65 * (steps.size() - 1 - steps.indexOf(t)) / Math.max(1, steps.size() - 1);
  }

  private static XYSeries add(
      XYChart chart,
      String prefix,
      List<Row> line,
      ToDoubleFunction<Row> value,
      Color color,
      double shade) {
    Row any = line.getFirst();
    boolean second = any.threads() > 1;
    XYSeries series =
        chart.addSeries(
            String.format(Locale.ROOT, "%s%,d%s", prefix, any.steps(), second ? ", two" : ""),
            line.stream().mapToDouble(Row::coordinates).toArray(),
            line.stream().mapToDouble(value).toArray());
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(faded(color, shade)).setLineStyle(second ? DASHED : SOLID);
    series.setShowInLegend(!second);
    return series;
  }

  private static Color faded(Color color, double shade) {
    return new Color(
        faded(color.getRed(), shade),
        faded(color.getGreen(), shade),
        faded(color.getBlue(), shade));
  }

  private static int faded(int channel, double shade) {
    return (int) Math.round(255 - shade * (255 - channel));
  }

  private static XYChart chart(String title, String unit, LegendPosition legend) {
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(520)
            .title(title)
            .xAxisTitle("coordinates N")
            .yAxisTitle(unit)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setLocale(Locale.ROOT);
    styler.setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    styler.setXAxisLogarithmicDecadeOnly(true).setYAxisLogarithmicDecadeOnly(true);
    styler.setChartBackgroundColor(Color.WHITE).setChartFontColor(INK).setChartPadding(14);
    styler.setChartTitleBoxVisible(false).setChartTitleFont(font(Font.BOLD, 14));
    styler.setPlotGridLinesColor(GRID).setPlotBorderVisible(false);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setAxisTitleFont(font(Font.PLAIN, 13)).setAxisTickLabelsFont(font(Font.PLAIN, 12));
    styler.setAxisTickMarksColor(GRID).setAxisTickLabelsColor(INK);
    styler.setLegendPosition(legend).setLegendBorderColor(Color.WHITE);
    styler.setLegendFont(font(Font.PLAIN, 12));
    return chart;
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
