package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import java.util.List;
import java.util.stream.Stream;

/// Learning curves as comma-separated values: a row a step, a column an optimizer. Losses that are
/// not finite are empty.
final class CurvesCsv {

  private CurvesCsv() {}

  /// The text of the file.
  static String write(ComparisonReport report) {
    return write(
        report.optimizers().stream().map(Line::name).toList(),
        report.optimizers().stream().map(Line::curve).toList());
  }

  /// @param names of the optimizers
  /// @param curves theirs, of the same length
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
