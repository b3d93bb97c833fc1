package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;

/// Learning curves as comma-separated values: a row a step, a column an optimizer. Losses that are
/// not finite are empty.
public final class CurvesCsv {

  private CurvesCsv() {}

  /// The text of the file.
  public static String write(ComparisonReport report) {
    StringBuilder csv = new StringBuilder("step");
    for (Line line : report.optimizers()) {
      csv.append(',').append(quoted(line.name()));
    }
    csv.append('\n');
    for (int t = 0; t <= report.steps(); t++) {
      csv.append(t);
      for (Line line : report.optimizers()) {
        csv.append(',').append(number(line.curve()[t]));
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
