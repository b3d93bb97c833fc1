package dev.glissade.app.report;

import dev.glissade.app.report.SweepReport.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A chart of final losses over a family of problems: a colour for each optimizer; the first series
/// solid with round dots for the paper's values, the second dashed with squares.
public final class SweepChart {

  private static final float THICK = 3.2f;
  private static final float THIN = 1.7f;

  /// The room on either side of the outermost points, for their dots, as a part of what is between.
  private static final double ROOM = 0.02;

  /// The room above and below the lines, as a factor.
  private static final double FACTOR = 1.1;

  private static final float[] DASHES = {7, 7};

  private SweepChart() {}

  /// Draws the result of a sweep. Dots come after all lines, to lie on top of them.
  public static Chart of(SweepReport report) {
    String title =
        "%s: mean final loss of %s instances%s"
            .formatted(
                report.origin().experiment(),
                report.points().getFirst().comparison().instances(),
                Charts.cut(losses(report), isPositive(report)));
    XYChart chart = Charts.line(title, report.axis(), "final loss");
    chart.getStyler().setYAxisLogarithmic(isPositive(report));
    chart.getStyler().setYAxisLogarithmicDecadeOnly(false);
    for (String optimizer : report.optimizers()) {
      for (String series : report.series()) {
        addOurs(chart, report, optimizer, series);
      }
    }
    for (String optimizer : report.optimizers()) {
      if (report.hasPapers(optimizer)) {
        for (String series : report.series()) {
          addPapers(chart, report, optimizer, series);
        }
      }
    }
    if (chart.getSeriesMap().isEmpty()) {
      return new Chart(chart);
    }
    frame(chart);
    return new Chart(Labels.ofAxis(chart));
  }

  /// Ends the axes a little outside of what is shown.
  private static void frame(XYChart chart) {
    DoubleSummaryStatistics across = values(chart, XYSeries::getXData);
    DoubleSummaryStatistics up = values(chart, XYSeries::getYData);
    double room = ROOM * Math.max(1, across.getMax() - across.getMin());
    chart.getStyler().setXAxisMin(across.getMin() - room).setXAxisMax(across.getMax() + room);
    if (chart.getStyler().isYAxisLogarithmic()) {
      chart
          .getStyler()
          .setYAxisMin(Charts.drawable(up.getMin() / FACTOR, true))
          .setYAxisMax(Charts.drawable(LogTicks.roundAbove(up.getMax() * FACTOR), true));
    }
  }

  private static DoubleSummaryStatistics values(XYChart chart, Function<XYSeries, double[]> axis) {
    return chart.getSeriesMap().values().stream()
        .flatMapToDouble(series -> DoubleStream.of(axis.apply(series)))
        .summaryStatistics();
  }

  /// Whether a logarithmic scale is possible: no loss is 0 or less. NaN is no obstacle, since it is
  /// not drawn.
  private static boolean isPositive(SweepReport report) {
    return losses(report).allMatch(loss -> !(loss <= 0));
  }

  private static DoubleStream losses(SweepReport report) {
    return report.points().stream()
        .flatMap(point -> point.comparison().optimizers().stream())
        .mapToDouble(line -> line.last().mean());
  }

  /// Adds our losses of one optimizer in one series.
  private static void addOurs(XYChart chart, SweepReport report, String optimizer, String series) {
    add(chart, optimizer + ", " + series, report.series(series), point -> mean(point, optimizer))
        .ifPresent(line -> {
          line.setMarker(SeriesMarkers.NONE);
          line.setLineColor(color(report, optimizer));
          float width = report.learned().contains(optimizer) ? THICK : THIN;
          line.setLineStyle(stroke(width, report.series().indexOf(series)));
        });
  }

  /// Adds the paper's losses. The legend shows the dots once for each series, in the colour of the
  /// first optimizer.
  private static void addPapers(
      XYChart chart, SweepReport report, String optimizer, String series) {
    add(
            chart,
            "paper's %s, %s".formatted(optimizer, series),
            report.series(series),
            point -> point.paper(optimizer).orElse(Double.NaN))
        .ifPresent(dots -> {
          dots.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
          dots.setMarker(marker(report, series)).setMarkerColor(color(report, optimizer));
          dots.setLabel("in the paper, " + series);
          dots.setShowInLegend(optimizer.equals(report.optimizers().getFirst()));
        });
  }

  /// Adds the points that have a value; nothing if none has.
  private static Optional<XYSeries> add(
      XYChart chart, String name, List<Point> points, ToDoubleFunction<Point> value) {
    List<Point> shown =
        points.stream().filter(point -> Double.isFinite(value.applyAsDouble(point))).toList();
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            chart.addSeries(
                name,
                shown.stream().mapToDouble(Point::x).toArray(),
                shown.stream()
                    .mapToDouble(value)
                    .map(loss -> Charts.drawable(loss, chart.getStyler().isYAxisLogarithmic()))
                    .toArray()));
  }

  private static double mean(Point point, String optimizer) {
    return point.line(optimizer).last().mean();
  }

  /// The colour of an optimizer, the same at all points.
  private static Color color(SweepReport report, String optimizer) {
    return Charts.color(report.points().getFirst().comparison(), optimizer);
  }

  /// The line of a series, by its number from 0.
  private static BasicStroke stroke(float width, int series) {
    return series == 0
        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
  }

  /// The dots of a series.
  private static Marker marker(SweepReport report, String series) {
    return report.series().indexOf(series) == 0 ? SeriesMarkers.CIRCLE : SeriesMarkers.SQUARE;
  }
}
