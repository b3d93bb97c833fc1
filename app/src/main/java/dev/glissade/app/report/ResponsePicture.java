package dev.glissade.app.report;

import dev.glissade.app.report.ResponseReport.History;
import dev.glissade.app.report.ResponseReport.Response;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/// What a learned optimizer answers to constant gradients, as a picture: its effective learning
/// rate over the steps, a line a magnitude, the darkest for the largest.
public final class ResponsePicture {

  /// From light to dark: five points of the viridis scale.
  private static final List<Color> SCALE =
      List.of(
          new Color(0xD8C21A),
          new Color(0x5EC962),
          new Color(0x21918C),
          new Color(0x3B528B),
          new Color(0x440154));

  private ResponsePicture() {}

  /// Draws the answers to one kind of history.
  ///
  /// @param name of the optimizer
  public static Picture of(String name, ResponseReport report, History history) {
    XYChart chart =
        Charts.line(
            "%s under %s gradients"
                .formatted(name, history == History.CONSTANT ? "constant" : "alternating"),
            "step",
            "effective learning rate (−update / gradient)");
    List<Response> responses = report.responses(history);
    double[] steps = Charts.steps(1, ResponseReport.STEPS);
    for (int i = 0; i < responses.size(); i++) {
      String label = "gradient " + responses.get(i).magnitude();
      XYSeries series = chart.addSeries(label, steps, responses.get(i).rates());
      series.setLineColor(SCALE.get(i % SCALE.size()));
      series.setLineStyle(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
    return new Picture(chart);
  }
}
