package dev.glissade.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/// A chart of lines that are added one by one, for a new kind of figure that needs no more than
/// that.
public final class LineChart {

  private static final float WIDTH = 2.4f;

  private final XYChart chart;

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
  /// @param name in the legend, where no two are alike
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
    return this;
  }

  /// The lines that were added, as a picture to be written.
  public Chart chart() {
    return new Chart(chart);
  }
}
