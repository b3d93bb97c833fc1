package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.SweepReport.Point;

/// The text of a sweep's result as comma-separated values: a row for each problem and optimizer,
/// with the mean final loss, its 95 % interval, the paper's loss and the learning rate. What is not
/// finite or not known is empty.
final class SweepCsv {

  private SweepCsv() {}

  /// Writes the rows, point by point.
  static String write(SweepReport report) {
    Csv csv =
        new Csv("series", "x", "problem", "optimizer", "final", "low", "high", "paper", "rate");
    for (Point point : report.points()) {
      for (Line line : point.comparison().optimizers()) {
        csv.row(
            point.series(),
            point.x(),
            point.comparison().problem(),
            line.name(),
            line.last().mean(),
            line.last().ci95().low(),
            line.last().ci95().high(),
            point.paper(line.name()).orElse(Double.NaN),
            line.settings().getOrDefault("learningRate", ""));
      }
    }
    return csv.text();
  }
}
