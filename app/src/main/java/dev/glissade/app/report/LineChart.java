package dev.glissade.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/// A chart of lines that are added one by one, for a new kind of figure that needs no more than
/// that.
public final class LineChart {

  private static final float WIDTH = 2.4f;

  /// The room on either side of the lines, as a part of their width.
  private static final double MARGIN = 0.012;

  private final XYChart chart;
  private final List<Labels.End> ends = new ArrayList<>();

  /// A chart without lines.
  ///
  /// @param title stands above it
  /// @param horizontal what the horizontal axis shows
  /// @param vertical what the vertical axis shows
  public LineChart(String title, String horizontal, String vertical) {
    this.chart = Charts.line(title, horizontal, vertical);
  }

  /// Adds a line in the next of the colours that can be told apart.
  ///
  /// @param name at its end; no two are alike
  /// @param x from left to right
  /// @param y as many
  public LineChart add(String name, double[] x, double[] y) {
    return add(name, x, y, Charts.color(chart.getSeriesMap().size()));
  }

  /// Adds a line in a given colour.
  LineChart add(String name, double[] x, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (int i = y.length - 1; i >= 0; i--) {
      if (Double.isFinite(y[i])) {
        ends.add(new Labels.End(name, color, false, x[i], y[i]));
        break;
      }
    }
    return this;
  }

  /// The lines that were added, as a picture to be written.
  public Chart chart() {
    DoubleSummaryStatistics across = values(XYSeries::getXData);
    DoubleSummaryStatistics up = values(XYSeries::getYData);
    if (across.getMin() < across.getMax() && up.getMin() < up.getMax()) {
      double room = MARGIN * (across.getMax() - across.getMin());
      double above = 2 * MARGIN * (up.getMax() - up.getMin());
      chart.getStyler().setXAxisMin(across.getMin() - room).setXAxisMax(across.getMax() + room);
      chart.getStyler().setYAxisMin(up.getMin() - above).setYAxisMax(up.getMax() + above);
      return new Chart(Labels.of(chart, ends));
    }
    return new Chart(chart); // a point, or nothing
  }

  private DoubleSummaryStatistics values(Function<XYSeries, double[]> axis) {
    return chart.getSeriesMap().values().stream()
        .flatMapToDouble(series -> DoubleStream.of(axis.apply(series)))
        .filter(Double::isFinite)
        .summaryStatistics();
  }
}
