package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import java.util.List;
import java.util.stream.Stream;

/// The text of learning curves as comma-separated values: a row for each step, a column for each
/// optimizer. Losses that are not finite are empty.
final class CurvesCsv {

  private CurvesCsv() {}

  /// Writes the mean curves of a comparison, in the order of its optimizers.
  static String write(ComparisonReport report) {
    return write(
        report.optimizers().stream().map(Line::name).toList(),
        report.optimizers().stream().map(Line::curve).toList());
  }

  /// Writes curves whose first value is that of step 0.
  ///
  /// @param names of the optimizers
  /// @param curves theirs, of the same length, at least one
  static String write(List<String> names, List<List<Double>> curves) {
    Csv csv = new Csv(Stream.concat(Stream.of("step"), names.stream()).toList());
    for (int t = 0; t < curves.getFirst().size(); t++) {
      int step = t;
      csv.row(
          Stream.concat(Stream.of(step), curves.stream().map(curve -> curve.get(step))).toArray());
    }
    return csv.text();
  }
}
