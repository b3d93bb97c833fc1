package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.terminal.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A chart of learning curves: mean loss, on a logarithmic scale, over the steps.
///
/// Learned optimizers are drawn thick, and better ones on top of worse ones. At its end each curve
/// has its name and the final loss. A curve that leaves the picture at the top has diverged; the
/// scale is not stretched for it. Where losses can be negative, the scale is linear.
public final class CurvesChart {

  /// The height of the picture above the highest loss at step 0, as a factor.
  private static final double HEADROOM = 3;

  /// The room on either side of the steps, as a part of all: without it XChart gives the outermost
  /// ticks no label.
  private static final double MARGIN = 0.012;

  private static final float THICK = 3.2f;
  private static final float THIN = 1.7f;

  private CurvesChart() {}

  /// Draws a comparison.
  public static Chart of(ComparisonReport report) {
    Range range = Range.of(report, List.of());
    XYChart chart = chart(report.problem(), report, range);
    return new Chart(Labels.of(chart, ends(report, range)));
  }

  /// Draws an experiment: our curves as lines, the paper's values as dots if they are of the same
  /// scale.
  public static Chart of(CurveReport report) {
    ComparisonReport comparison = report.comparison();
    List<Dots> dots = report.scale() == PaperScale.SAME ? Dots.of(report) : List.of();
    Range range = Range.of(comparison, dots);
    XYChart chart = chart(report.origin().experiment(), comparison, range);
    for (Dots curve : dots) {
      XYSeries series =
          chart.addSeries("paper " + curve.optimizer, curve.steps(), range.clip(curve.losses()));
      series.setLabel("in the paper").setShowInLegend(curve.equals(dots.getFirst()));
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      series
          .setMarker(SeriesMarkers.CIRCLE)
          .setMarkerColor(Charts.color(comparison, curve.optimizer));
    }
    Labels labels = Labels.of(chart, ends(comparison, range));
    chart.getStyler().setLegendVisible(!dots.isEmpty()); // it says what the dots are
    return new Chart(labels);
  }

  /// The ends of the curves, as far as they lie in the range.
  private static List<Labels.End> ends(ComparisonReport report, Range range) {
    return report.optimizers().stream().map(line -> end(report, line, range)).toList();
  }

  private static Labels.End end(ComparisonReport report, Line line, Range range) {
    double[] shown = range.clip(values(line));
    int last = shown.length - 1;
    while (last > 0 && Double.isNaN(shown[last])) {
      last--;
    }
    double y = Double.isNaN(shown[last]) ? range.high : shown[last];
    Color color = Charts.color(report, line.name());
    return new Labels.End(label(line), color, !line.baseline(), last, y);
  }

  /// Draws the curves, the worst first, so that the best one lies on top of all others.
  private static XYChart chart(String name, ComparisonReport report, Range range) {
    String title =
        "%s: mean loss of %s instances%s"
            .formatted(
                name,
                report.instances(),
                Charts.cut(
                    report.optimizers().stream()
                        .flatMapToDouble(line -> DoubleStream.of(values(line))),
                    range.logarithmic));
    XYChart chart = Charts.line(title, "step", "loss");
    chart.getStyler().setYAxisLogarithmic(range.logarithmic);
    chart.getStyler().setYAxisLogarithmicDecadeOnly(range.high > 1000 * range.low);
    chart
        .getStyler()
        .setXAxisMin(-MARGIN * report.steps())
        .setXAxisMax(report.steps() * (1 + MARGIN));
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart.getStyler().setYAxisMin(range.low).setYAxisMax(range.high);
    for (Line line : report.ranking().reversed()) {
      add(chart, line, range, Charts.color(report, line.name()), line.baseline() ? THIN : THICK);
    }
    return chart;
  }

  /// Adds the curve of one optimizer, as far as it lies in the range.
  private static void add(XYChart chart, Line line, Range range, Color color, float width) {
    double[] steps = Charts.steps(0, line.curve().size() - 1);
    XYSeries series = chart.addSeries(line.name(), steps, range.clip(values(line)));
    series.setShowInLegend(false);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static double[] values(Line line) {
    return line.curve().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// What stands at the end of a curve: the name and the final loss.
  private static String label(Line line) {
    double mean = line.last().mean();
    return Double.isFinite(mean)
        ? "%s  %s".formatted(line.name(), Numbers.digits(mean, 3))
        : line.name() + "  diverged";
  }

  /// A curve of the paper's to compare one of ours with, drawn as dots in its colour.
  ///
  /// @param optimizer ours
  /// @param paper the values that are known, at least one
  private record Dots(String optimizer, PaperCurve paper) {

    /// The dots of a report, once for each of the paper's curves: several of ours may be compared
    /// with the same.
    static List<Dots> of(CurveReport report) {
      Map<String, Dots> dots = new LinkedHashMap<>();
      for (Line line : report.comparison().optimizers()) {
        PaperCurve paper = report.row(line.name()).paper();
        if (!paper.losses().isEmpty()) {
          dots.putIfAbsent(paper.optimizer(), new Dots(line.name(), paper));
        }
      }
      return List.copyOf(dots.values());
    }

    double[] steps() {
      return paper.losses().keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    }

    double[] losses() {
      return paper.losses().values().stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /// A range of losses: the part that is shown.
  ///
  /// @param logarithmic whether the scale is
  /// @param low the bottom of the picture; > 0 on a logarithmic scale
  /// @param high its top
  private record Range(boolean logarithmic, double low, double high) {

    /// The range that shows every curve from its start to its end, unless it diverges: from the
    /// lowest loss to somewhat above the highest one at step 0.
    static Range of(ComparisonReport report, List<Dots> dots) {
      double[] losses =
          DoubleStream.concat(
                  report.optimizers().stream()
                      .flatMapToDouble(line -> DoubleStream.of(values(line))),
                  dots.stream().flatMapToDouble(curve -> DoubleStream.of(curve.losses())))
              .filter(Double::isFinite)
              .toArray();
      double start =
          report.optimizers().stream()
              .mapToDouble(line -> line.curve().getFirst())
              .filter(Double::isFinite)
              .max()
              .orElse(1);
      boolean logarithmic = start > 0 && Arrays.stream(losses).allMatch(loss -> loss >= 0);
      double high = logarithmic ? start * HEADROOM : twice(Math.max(start, leastTop(report)));
      double low =
          Arrays.stream(losses)
              .filter(loss -> !logarithmic || loss > 0)
              .min()
              .orElse(logarithmic ? start / 10 : start - 1);
      double bottom = Charts.drawable(logarithmic ? decadeBelow(low) : low, logarithmic);
      double top = Charts.drawable(high, logarithmic);
      return new Range(
          logarithmic, bottom, top > bottom ? top : bottom + Math.max(1, Math.abs(bottom)));
    }

    /// The highest loss of the optimizer that rises least: noise alone leads above a start at 0.
    private static double leastTop(ComparisonReport report) {
      return report.optimizers().stream()
          .mapToDouble(
              line -> DoubleStream.of(values(line)).filter(Double::isFinite).max().orElse(0))
          .min()
          .orElse(0);
    }

    private static double twice(double value) {
      return value + Math.abs(value);
    }

    /// The greatest 1, 2 or 5 times a power of ten that is at most `value`.
    private static double decadeBelow(double value) {
      double decade = Math.pow(10, Math.floor(Math.log10(value)));
      return value >= 5 * decade ? 5 * decade : value >= 2 * decade ? 2 * decade : decade;
    }

    /// The curve up to where it leaves the picture; zeros lie on the bottom. The first point above
    /// is moved to the top, so that the line is seen to leave; the others are NaN, which draws
    /// nothing.
    double[] clip(double[] curve) {
      double[] shown = new double[curve.length];
      boolean inside = true;
      for (int t = 0; t < curve.length; t++) {
        boolean above = !(curve[t] <= high);
        shown[t] = !above ? Math.max(curve[t], low) : inside ? high : Double.NaN;
        inside = !above;
      }
      return shown;
    }
  }
}
