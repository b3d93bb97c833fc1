package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.Plot.Axis;
import dev.glissade.app.report.Plot.Band;
import dev.glissade.app.report.Plot.Kind;
import dev.glissade.app.report.Plot.Role;
import dev.glissade.app.report.Plot.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The charts of a comparison: learning curves, with the paper's values where there are any, and
/// the final loss of every instance.
final class ComparisonPlots {

  private ComparisonPlots() {}

  /// The charts of a comparison on its own.
  static List<Plot> of(ComparisonReport report) {
    return plots(report, List.of());
  }

  /// The charts of an experiment: the paper's values are shown if they are of the same scale.
  static List<Plot> of(CurveReport report) {
    Map<String, Series> dots = new LinkedHashMap<>();
    if (report.scale() == PaperScale.SAME) {
      for (Line line : report.comparison().optimizers()) {
        PaperCurve paper = report.row(line.name()).paper();
        if (!paper.losses().isEmpty()) {
          dots.putIfAbsent(paper.optimizer(), paper(report, line, paper));
        }
      }
    }
    return plots(report.comparison(), List.copyOf(dots.values()));
  }

  private static Series paper(CurveReport report, Line line, PaperCurve paper) {
    return new Series(
        paper.optimizer() + ", paper",
        Role.DOTS,
        Charts.code(Charts.color(report.comparison(), line.name())),
        paper.losses().keySet().stream().map(Integer::doubleValue).toList(),
        List.copyOf(paper.losses().values()));
  }

  private static List<Plot> plots(ComparisonReport report, List<Series> paper) {
    List<Series> curves = new ArrayList<>();
    List<Series> ends = new ArrayList<>();
    for (Line line : report.ranking()) {
      curves.add(curve(report, line));
      ends.add(series(report, line, List.of(), line.last().losses(), Optional.empty()));
    }
    curves.addAll(paper);
    boolean positive =
        report.optimizers().stream()
            .flatMap(line -> line.curve().stream())
            .filter(Double::isFinite)
            .allMatch(loss -> loss >= 0);
    return List.of(
        new Plot(
            "Mean loss after each step",
            Kind.LINES,
            Axis.linear("step"),
            Axis.losses("loss", positive),
            curves),
        new Plot(
            "Loss of every instance after the last step",
            Kind.STRIPS,
            Axis.linear("optimizer"),
            Axis.logarithmic("final loss", positive),
            ends));
  }

  private static Series curve(ComparisonReport report, Line line) {
    int[] steps = Plot.thinned(line.curve().size(), Plot.MOST_POINTS);
    return series(
        report,
        line,
        IntStream.of(steps).asDoubleStream().boxed().toList(),
        IntStream.of(steps).mapToObj(line.curve()::get).toList(),
        Optional.of(line.band()));
  }

  private static Series series(
      ComparisonReport report, Line line, List<Double> x, List<Double> y, Optional<Band> band) {
    return new Series(
        line.name(),
        line.baseline() ? Role.BASELINE : Role.LEARNED,
        Charts.code(Charts.color(report, line.name())),
        x,
        y,
        band);
  }
}
