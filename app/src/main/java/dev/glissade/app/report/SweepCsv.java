package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.SweepReport.Point;

/// The result of a sweep as comma-separated values: a row for each problem and optimizer. What is
/// not finite or not known is empty.
public final class SweepCsv {

  private SweepCsv() {}

  /// The text of the file.
  public static String write(SweepReport report) {
    StringBuilder csv = new StringBuilder("series,x,problem,optimizer,final,low,high,paper,rate\n");
    for (Point point : report.points()) {
      for (Line line : point.comparison().optimizers()) {
        csv.append(
            String.join(
                ",",
                CurvesCsv.quoted(point.series()),
                Integer.toString(point.x()),
                CurvesCsv.quoted(point.comparison().problem()),
                CurvesCsv.quoted(line.name()),
                CurvesCsv.number(line.last().mean()),
                CurvesCsv.number(line.last().ci95()[0]),
                CurvesCsv.number(line.last().ci95()[1]),
                CurvesCsv.number(point.paper(line.name()).orElse(Double.NaN)),
                line.settings().getOrDefault("learningRate", "")));
        csv.append('\n');
      }
    }
    return csv.toString();
  }
}
