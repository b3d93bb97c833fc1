package dev.glissade.app.report;

import dev.glissade.app.report.UpdatesReport.Run;
import dev.glissade.evaluation.UpdateTrace.Answers;
import dev.glissade.evaluation.UpdateTrace.Coordinate;
import dev.glissade.evaluation.UpdateTrace.Proposals;
import java.util.List;

/// The text of a run's updates as comma-separated values: a row for each coordinate, optimizer,
/// step and gradient. `multiple` is empty for the gradient that came; for others it is how many
/// times the coordinate's scale they are.
final class UpdatesCsv {

  private UpdatesCsv() {}

  /// Writes the rows, coordinate by coordinate.
  static String write(Run run) {
    Csv csv = new Csv("coordinate", "optimizer", "step", "multiple", "gradient", "update");
    for (Coordinate coordinate : run.trace().coordinates()) {
      for (Proposals proposals : coordinate.proposals()) {
        addUpdates(csv, coordinate, proposals);
        addAnswers(csv, coordinate, proposals, run.trace().multiples());
      }
    }
    return csv.text();
  }

  /// Adds the updates to the gradients that came. Steps count from 1.
  private static void addUpdates(Csv csv, Coordinate coordinate, Proposals proposals) {
    for (int t = 0; t < proposals.updates().size(); t++) {
      double gradient = coordinate.gradients().get(t);
      double update = proposals.updates().get(t);
      csv.row(coordinate.index(), proposals.optimizer(), t + 1, "", gradient, update);
    }
  }

  /// Adds the answers to other gradients, of the steps in which optimizers were asked.
  private static void addAnswers(
      Csv csv, Coordinate coordinate, Proposals proposals, List<Double> multiples) {
    for (Answers answers : proposals.answers()) {
      for (int g = 0; g < multiples.size(); g++) {
        double multiple = multiples.get(g);
        double gradient = multiple * coordinate.scale();
        csv.row(
            coordinate.index(),
            proposals.optimizer(),
            answers.step(),
            multiple,
            gradient,
            answers.updates().get(g));
      }
    }
  }
}
