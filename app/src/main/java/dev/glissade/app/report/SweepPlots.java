package dev.glissade.app.report;

import dev.glissade.app.report.Plot.Axis;
import dev.glissade.app.report.Plot.Kind;
import dev.glissade.app.report.Plot.Role;
import dev.glissade.app.report.Plot.Series;
import dev.glissade.app.report.SweepReport.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/// The charts of a sweep: final losses over the axis, one chart for each series.
final class SweepPlots {

  private SweepPlots() {}

  static List<Plot> of(SweepReport report) {
    return report.series().stream().map(series -> plot(report, series)).toList();
  }

  private static Plot plot(SweepReport report, String series) {
    List<Series> lines = new ArrayList<>();
    for (String optimizer : report.optimizers()) {
      Role role = report.learned().contains(optimizer) ? Role.LEARNED : Role.BASELINE;
      add(
          lines,
          report,
          series,
          new Series(optimizer, role, color(report, optimizer), List.of(), List.of()),
          point -> OptionalDouble.of(point.line(optimizer).last().mean()));
      if (report.hasPapers(optimizer)) {
        add(
            lines,
            report,
            series,
            new Series(
                optimizer + ", paper", Role.DOTS, color(report, optimizer), List.of(), List.of()),
            point -> point.paper(optimizer));
      }
    }
    return new Plot(
        "Final loss, " + series,
        Kind.LINES,
        Axis.linear(report.axis()),
        Axis.logarithmic("final loss", true),
        lines);
  }

  private static String color(SweepReport report, String optimizer) {
    return Charts.code(Charts.color(report.points().getFirst().comparison(), optimizer));
  }

  /// Adds the points that have a value; nothing if none has.
  private static void add(
      List<Series> lines,
      SweepReport report,
      String series,
      Series empty,
      Function<Point, OptionalDouble> value) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (Point point : report.series(series)) {
      value
          .apply(point)
          .ifPresent(loss -> {
            x.add((double) point.x());
            y.add(loss);
          });
    }
    if (!x.isEmpty()) {
      lines.add(new Series(empty.name(), empty.role(), empty.color(), x, y));
    }
  }
}
