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
        double loss = line.curve()[t];
        csv.append(',').append(Double.isFinite(loss) ? Double.toString(loss) : "");
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String quoted(String name) {
    boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
