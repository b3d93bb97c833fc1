package dev.glissade.app.report;

import dev.glissade.app.report.FixedPointReport.Line;
import dev.glissade.app.report.FixedPointReport.Ratio;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;

/// Charts of a [FixedPointReport].
final class FixedPointChart {

  private static final Color START = new Color(0x777777);
  private static final Color DESIGNED = new Color(0x88CCEE);
  private static final Color FIRST = new Color(0x0072B2);
  private static final Color LEARNED = new Color(0xD55E00);

  private FixedPointChart() {}

  /// Draws by how much each optimizer differs from the tuned reference, with paired intervals: a
  /// bar below 0 is a training that comes down faster.
  static Chart bars(FixedPointReport report) {
    CategoryChart chart =
        Charts.bars(
            "%s: meta-loss over %s trainings, against tuned %s"
                .formatted(
                    report.origin().experiment(), report.instances(), FixedPointReport.REFERENCE),
            "difference, %");
    add(chart, "hand-designed", report, Line::baseline, DESIGNED);
    add(chart, "learned", report, line -> !line.baseline(), LEARNED);
    return new Chart(chart);
  }

  /// Adds the bars of some optimizers; the others get none, so that all stand in one order.
  private static void add(
      CategoryChart chart,
      String name,
      FixedPointReport report,
      Predicate<Line> which,
      Color color) {
    List<String> names = new ArrayList<>();
    List<Double> heights = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (Line line : report.lines()) {
      Ratio ratio = line.toReference();
      boolean shown = which.test(line);
      names.add(line.name());
      heights.add(shown ? 100 * (ratio.mean() - 1) : Double.NaN);
      errors.add(shown ? 50 * (ratio.ci95().high() - ratio.ci95().low()) : Double.NaN);
    }
    CategorySeries series = chart.addSeries(name, names, heights, errors);
    series.setFillColor(color);
    series.setLineColor(color);
  }

  /// Draws how a training comes down, step by step, with what trains itself, the first generation,
  /// the tuned reference, and the rule that all started as.
  static Chart curves(FixedPointReport report) {
    List<Line> lines = report.lines();
    List<Line> learned = lines.stream().filter(line -> !line.baseline()).toList();
    LineChart chart =
        new LineChart(
            "%s: geometric mean of the meta-loss of %s trainings"
                .formatted(report.origin().experiment(), report.instances()),
            "step",
            "meta-loss");
    add(chart, lines.getFirst(), START);
    add(chart, report.line(FixedPointReport.REFERENCE), DESIGNED);
    add(chart, learned.getFirst(), FIRST);
    add(chart, learned.getLast(), LEARNED); // last, to lie on top
    return chart.chart();
  }

  private static void add(LineChart chart, Line line, Color color) {
    double[] curve = line.curve().stream().mapToDouble(Double::doubleValue).toArray();
    chart.add(line.name(), Charts.steps(0, curve.length - 1), curve, color);
  }
}
