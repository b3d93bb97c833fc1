package dev.glissade.app.report;

import dev.glissade.app.report.UpdatesReport.Run;
import dev.glissade.evaluation.UpdateTrace;
import dev.glissade.evaluation.UpdateTrace.Answers;
import dev.glissade.evaluation.UpdateTrace.Coordinate;
import dev.glissade.evaluation.UpdateTrace.Proposals;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/// A chart of what optimizers propose along a run. It has a row for each coordinate: the updates
/// over the steps, and for each optimizer its answers to other gradients, a line for each step, the
/// darkest for the last.
///
/// Gradients go from −100 to 100 times their scale, on an axis that is linear around 0 and
/// logarithmic beyond. The answers of all optimizers to the gradients of one coordinate have the
/// same vertical axis.
public final class UpdatesChart {

  /// The size of a panel in pixels; several stand next to each other.
  private static final int WIDTH = 560;

  private static final int HEIGHT = 400;

  /// The largest multiple of the scale that lies on the linear part of the axis.
  private static final double SMALL = 0.01;

  /// The steps that are named in the legend; the others can be told from their shade.
  private static final Set<Integer> IN_LEGEND = Set.of(1, 8, 16, 32);

  /// The height of a panel, as a multiple of the largest magnitude in it.
  private static final double MARGIN = 1.05;

  private UpdatesChart() {}

  /// Draws one run.
  public static Chart of(Run run) {
    UpdateTrace trace = run.trace();
    List<XYChart> panels = new ArrayList<>();
    for (Coordinate coordinate : trace.coordinates()) {
      panels.add(history(run, coordinate));
      double highest =
          MARGIN
              * highest(
                  coordinate.proposals().stream()
                      .flatMap(proposals -> proposals.answers().stream())
                      .map(Answers::updates));
      for (Proposals proposals : coordinate.proposals()) {
        panels.add(answers(trace.multiples(), proposals, coordinate.index(), highest));
      }
    }
    return new Chart(panels, 1 + trace.coordinates().getFirst().proposals().size());
  }

  /// A panel with the updates of all optimizers at one coordinate, on a vertical axis with 0 in the
  /// middle.
  private static XYChart history(Run run, Coordinate coordinate) {
    String title = "updates of coordinate " + coordinate.index();
    XYChart chart = panel(title, "step");
    double room = 0.012 * run.steps(); // else XChart leaves the labels at the ends out
    chart.getStyler().setXAxisMin(-room).setXAxisMax(run.steps() + room);
    double highest = MARGIN * highest(coordinate.proposals().stream().map(Proposals::updates));
    chart.getStyler().setYAxisMin(-highest).setYAxisMax(highest);
    double[] steps = Charts.steps(1, run.steps());
    List<Proposals> all = coordinate.proposals();
    for (int k = all.size() - 1; k >= 0; k--) { // the first is drawn last, on top
      XYSeries series =
          chart.addSeries(all.get(k).optimizer(), steps, Charts.values(all.get(k).updates()));
      series.setLineColor(Charts.color(k));
      series.setLineStyle(stroke(k == 0 ? 2.4f : 1.7f));
    }
    return chart;
  }

  /// A panel with the answers of one optimizer at one coordinate.
  ///
  /// @param multiples the gradients, in units of the coordinate's scale, ascending
  /// @param index of the coordinate
  /// @param highest the end of the vertical axis
  private static XYChart answers(
      List<Double> multiples, Proposals proposals, int index, double highest) {
    String title = "%s: answers at %s".formatted(proposals.optimizer(), index);
    XYChart chart = panel(title, "gradient, in units of its scale");
    chart.getStyler().setYAxisMin(-highest).setYAxisMax(highest);
    double end = position(multiples.getLast());
    chart.getStyler().setXAxisMin(-end).setXAxisMax(end);
    chart.getStyler().setXAxisTickMarkSpacingHint(WIDTH / 12);
    chart.getStyler().setxAxisTickLabelsFormattingFunction(UpdatesChart::label);
    double[] positions = multiples.stream().mapToDouble(UpdatesChart::position).toArray();
    int count = proposals.answers().size();
    for (int t = 0; t < count; t++) {
      Answers answers = proposals.answers().get(t);
      XYSeries series =
          chart.addSeries("step " + answers.step(), positions, Charts.values(answers.updates()));
      series.setShowInLegend(IN_LEGEND.contains(answers.step()));
      series.setLineColor(Charts.shade(count == 1 ? 1 : (double) t / (count - 1)));
      series.setLineStyle(stroke(1.4f));
    }
    return chart;
  }

  /// An empty panel. Its legend lies below: there is no room on the side.
  private static XYChart panel(String title, String horizontal) {
    XYChart chart = Charts.line(WIDTH, HEIGHT, title, horizontal, "update");
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    return chart;
  }

  /// The largest magnitude; 1 where all are 0.
  private static double highest(Stream<List<Double>> updates) {
    double highest = updates.flatMap(List::stream).mapToDouble(Math::abs).max().orElse(0);
    return highest > 0 ? highest : 1;
  }

  /// The position of a multiple on the axis, an inverse hyperbolic sine: powers of ten from 0.1 on
  /// lie near 1, 2, 3, …, 0 lies at 0, negative ones on the other side.
  private static double position(double multiple) {
    double x = multiple / (2 * SMALL);
    return Math.signum(x) * Math.log10(Math.abs(x) + Math.sqrt(x * x + 1));
  }

  /// The label at a position on the axis: the power of ten there, empty between two.
  private static String label(double position) {
    long whole = Math.round(position);
    if (Math.abs(position - whole) > 1e-6) {
      return "";
    }
    String magnitude =
        switch ((int) Math.abs(whole)) {
          case 0 -> "0";
          case 1 -> "0.1";
          default -> "1" + "0".repeat((int) Math.abs(whole) - 2);
        };
    return whole < 0 ? "−" + magnitude : magnitude;
  }

  private static BasicStroke stroke(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
