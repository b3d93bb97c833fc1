package dev.glissade.app.report;

import dev.glissade.app.report.UpdateTrace.Coordinate;
import dev.glissade.app.report.UpdateTrace.Proposals;
import dev.glissade.app.report.UpdatesReport.Run;

/// The updates of a run as comma-separated values: a row for each coordinate, optimizer, step and
/// gradient. `multiple` is empty for the gradient that came; for others it is how many times the
/// coordinate's scale they are.
public final class UpdatesCsv {

  private UpdatesCsv() {}

  /// The text of the file.
  public static String write(Run run) {
    StringBuilder csv = new StringBuilder("coordinate,optimizer,step,multiple,gradient,update\n");
    double[] multiples = run.trace().multiples();
    for (Coordinate coordinate : run.trace().coordinates()) {
      for (Proposals proposals : coordinate.proposals()) {
        String name = coordinate.index() + "," + CurvesCsv.quoted(proposals.optimizer());
        for (int t = 0; t < run.steps(); t++) {
          row(csv, name, t, "", coordinate.gradients()[t], proposals.updates()[t]);
        }
        for (int t = 0; t < proposals.answers().length; t++) {
          for (int g = 0; g < multiples.length; g++) {
            double gradient = multiples[g] * coordinate.scale();
            String multiple = CurvesCsv.number(multiples[g]);
            row(csv, name, t, multiple, gradient, proposals.answers()[t][g]);
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
