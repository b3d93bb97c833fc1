package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import java.util.List;

/// Learning curves as comma-separated values: a row a step, a column an optimizer. Losses that are
/// not finite are empty.
public final class CurvesCsv {

  private CurvesCsv() {}

  /// The text of the file.
  public static String write(ComparisonReport report) {
    return write(
        report.optimizers().stream().map(Line::name).toList(),
        report.optimizers().stream().map(Line::curve).toList());
  }

  /// @param names of the optimizers
  /// @param curves theirs, of the same length
  static String write(List<String> names, List<double[]> curves) {
    StringBuilder csv = new StringBuilder("step");
    for (String name : names) {
      csv.append(',').append(quoted(name));
    }
    csv.append('\n');
    for (int t = 0; t < curves.getFirst().length; t++) {
      csv.append(t);
      for (double[] curve : curves) {
        csv.append(',').append(number(curve[t]));
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  static String quoted(String name) {
    boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
