package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.SweepReport.Point;

/// The result of a sweep as comma-separated values: a row for each problem and optimizer. What is
/// not finite or not known is empty.
final class SweepCsv {

  private SweepCsv() {}

  /// The text of the file.
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
