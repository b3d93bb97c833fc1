package dev.glissade.app.report;

import dev.glissade.app.report.UpdatesReport.Run;
import dev.glissade.evaluation.UpdateTrace.Coordinate;
import dev.glissade.evaluation.UpdateTrace.Proposals;
import java.util.List;

/// The updates of a run as comma-separated values: a row for each coordinate, optimizer, step and
/// gradient. `multiple` is empty for the gradient that came; for others it is how many times the
/// coordinate's scale they are.
public final class UpdatesCsv {

  private UpdatesCsv() {}

  /// The text of the file.
  public static String write(Run run) {
    StringBuilder csv = new StringBuilder("coordinate,optimizer,step,multiple,gradient,update\n");
    List<Double> multiples = run.trace().multiples();
    for (Coordinate coordinate : run.trace().coordinates()) {
      for (Proposals proposals : coordinate.proposals()) {
        String name = coordinate.index() + "," + CurvesCsv.quoted(proposals.optimizer());
        for (int t = 0; t < run.steps(); t++) {
          row(csv, name, t, "", coordinate.gradients().get(t), proposals.updates().get(t));
        }
        for (int t = 0; t < proposals.answers().size(); t++) {
          List<Double> answers = proposals.answers().get(t).updates();
          for (int g = 0; g < multiples.size(); g++) {
            double gradient = multiples.get(g) * coordinate.scale();
            String multiple = CurvesCsv.number(multiples.get(g));
            row(csv, name, t, multiple, gradient, answers.get(g));
          }
        }
      }
    }
    return csv.toString();
  }

  private static void row(
      StringBuilder csv, String name, int t, String multiple, double gradient, double update) {
    csv.append(name).append(',').append(t + 1).append(',').append(multiple).append(',');
    csv.append(CurvesCsv.number(gradient)).append(',').append(CurvesCsv.number(update));
    csv.append('\n');
  }
}
