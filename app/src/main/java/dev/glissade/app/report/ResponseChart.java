package dev.glissade.app.report;

import dev.glissade.app.report.ResponseReport.History;
import dev.glissade.app.report.ResponseReport.Response;
import java.awt.Color;
import java.util.List;

/// What a learned optimizer answers to constant gradients, as a picture: its effective learning
/// rate over the steps, a line a magnitude, the darkest for the largest.
public final class ResponseChart {

  private ResponseChart() {}

  /// Draws the answers to one kind of history.
  ///
  /// @param name of the optimizer
  public static Chart of(String name, ResponseReport report, History history) {
    LineChart chart =
        new LineChart(
            "%s under %s gradients"
                .formatted(name, history == History.CONSTANT ? "constant" : "alternating"),
            "step",
            "effective learning rate (−update / gradient)");
    List<Response> responses = report.responses(history);
    double[] steps = Charts.steps(1, ResponseReport.STEPS);
    for (int i = 0; i < responses.size(); i++) {
      String label = "gradient " + responses.get(i).magnitude();
      Color shade = Charts.shade((double) i / (responses.size() - 1));
      chart.add(label, steps, responses.get(i).rates(), shade);
    }
    return chart.chart();
  }
}
