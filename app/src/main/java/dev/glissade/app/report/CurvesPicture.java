package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/// Learning curves as a picture: mean loss, on a logarithmic scale, over the steps.
///
/// Learned optimizers are drawn thick and on top. The legend lists the optimizers from the highest
/// curve's end to the lowest. A curve that leaves the picture at the top has diverged; the scale is
/// not stretched for it.
public final class CurvesPicture {

  /// How far above the highest loss at step 0 the picture goes.
  private static final double HEADROOM = 3;

  private static final float THICK = 3.2f;
  private static final float THIN = 1.7f;

  private CurvesPicture() {}

  /// Draws a comparison.
  public static Picture of(ComparisonReport report) {
    Range range = Range.of(report);
    XYChart chart =
        Charts.line(
            "%s: mean loss of %d instances".formatted(report.problem(), report.instances()),
            "step",
            "loss");
    chart.getStyler().setYAxisLogarithmic(range.logarithmic);
    chart.getStyler().setYAxisLogarithmicDecadeOnly(range.high > 20 * range.low);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) report.steps());
    chart.getStyler().setYAxisMin(range.low).setYAxisMax(range.high);
    List<Line> baselines = report.optimizers().stream().filter(Line::baseline).toList();
    List<Line> learned = report.optimizers().stream().filter(line -> !line.baseline()).toList();
    for (Line line : report.ranking().reversed()) {
      boolean thin = line.baseline();
      Color color =
          thin
              ? Charts.MUTED.get(baselines.indexOf(line) % Charts.MUTED.size())
              : Charts.STRONG.get(learned.indexOf(line) % Charts.STRONG.size());
      add(chart, line, range, color, thin ? THIN : THICK);
    }
    return new Picture(chart);
  }

  private static void add(XYChart chart, Line line, Range range, Color color, float width) {
    double[] steps = Charts.steps(0, line.curve().length - 1);
    XYSeries series = chart.addSeries(line.name(), steps, range.clip(line.curve()));
    series.setLabel(label(line));
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static String label(Line line) {
    double mean = line.last().mean();
    return Double.isFinite(mean)
        ? "%s  %.3g".formatted(line.name(), mean)
        : line.name() + "  diverged";
  }

  /// What part of the losses is shown.
  private record Range(boolean logarithmic, double low, double high) {

    static Range of(ComparisonReport report) {
      double[] losses =
          report.optimizers().stream()
              .flatMapToDouble(line -> DoubleStream.of(line.curve()))
              .filter(Double::isFinite)
              .toArray();
      double start =
          report.optimizers().stream()
              .mapToDouble(line -> line.curve()[0])
              .filter(Double::isFinite)
              .max()
              .orElse(1);
      boolean logarithmic = start > 0 && Arrays.stream(losses).allMatch(loss -> loss >= 0);
      double high = logarithmic ? start * HEADROOM : start + Math.abs(start);
      double low =
          Arrays.stream(losses)
              .filter(loss -> !logarithmic || loss > 0)
              .min()
              .orElse(logarithmic ? start / 10 : start - 1);
      return logarithmic
          ? new Range(true, decadeBelow(low), high)
          : new Range(false, low, Math.max(high, Math.nextUp(low)));
    }

    /// The greatest 1, 2 or 5 times a power of ten that is at most `value`.
    private static double decadeBelow(double value) {
      double decade = Math.pow(10, Math.floor(Math.log10(value)));
      return value >= 5 * decade ? 5 * decade : value >= 2 * decade ? 2 * decade : decade;
    }

    /// The curve up to where it leaves the picture; zeros lie on the bottom.
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
