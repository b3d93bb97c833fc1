package dev.glissade.app.report;

import dev.glissade.evaluation.Responses;
import dev.glissade.evaluation.Responses.History;
import dev.glissade.evaluation.Responses.Response;
import java.awt.Color;
import java.util.List;

/// A chart of what a learned optimizer answers to simple gradients: its effective learning rate
/// over the steps, a line for each magnitude, the darkest for the largest. `inspect --out` writes
/// it.
public final class ResponseChart {

  private ResponseChart() {}

  /// Draws the answers to one kind of history.
  ///
  /// @param name of the optimizer
  /// @param all its answers
  /// @param history whose answers are drawn
  public static Chart of(String name, Responses all, History history) {
    LineChart chart =
        new LineChart(
            "%s under %s gradients"
                .formatted(name, history == History.CONSTANT ? "constant" : "alternating"),
            "step",
            "effective learning rate (−update / gradient)");
    List<Response> responses = all.responses(history);
    double[] steps = Charts.steps(1, Responses.STEPS);
    for (int i = 0; i < responses.size(); i++) {
      String label = "gradient " + ResponsePlots.brief(responses.get(i).magnitude());
      Color shade = Charts.shade((double) i / (responses.size() - 1));
      chart.add(label, steps, Charts.values(responses.get(i).rates()), shade);
    }
    return chart.chart();
  }
}
