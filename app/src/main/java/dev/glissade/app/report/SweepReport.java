package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Difference;
import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The result of an experiment on a family of problems, next to the paper's.
///
/// @param origin of the result
/// @param axis what differs from point to point
/// @param points series by series, at least one
public record SweepReport(Origin origin, String axis, List<Point> points)
    implements ExperimentReport {

  /// A point of the sweep: one problem of the family.
  ///
  /// @param series which line of the figure it lies on
  /// @param x where on the axis
  /// @param paper the paper's final losses, by our name of the optimizer
  /// @param comparison everything that was measured
  public record Point(
      String series, int x, Map<String, Double> paper, ComparisonReport comparison) {

    /// The result of one optimizer, which must be one of the comparison's.
    public Line line(String optimizer) {
      return comparison.line(optimizer);
    }

    /// The paper's final loss, if it is known.
    public OptionalDouble paper(String optimizer) {
      Double loss = paper.get(optimizer);
      return loss == null ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }
  }

  public SweepReport {
    points = List.copyOf(points);
  }

  /// The names of the optimizers, in the order in which they were run.
  public List<String> optimizers() {
    return lines().map(Line::name).toList();
  }

  /// The names of the learned ones among the optimizers.
  public List<String> learned() {
    return lines().filter(line -> !line.baseline()).map(Line::name).toList();
  }

  /// The names of the series.
  public List<String> series() {
    return points.stream().map(Point::series).distinct().toList();
  }

  /// The points of one series.
  public List<Point> series(String name) {
    return points.stream().filter(point -> point.series.equals(name)).toList();
  }

  private Stream<Line> lines() {
    return points.getFirst().comparison.optimizers().stream();
  }

  /// The sentences on how often each learned optimizer is better or worse than the best baseline of
  /// a problem, where the difference is not by chance.
  @Override
  public List<String> verdict() {
    return learned().stream().map(this::sentence).toList();
  }

  private String sentence(String learned) {
    return ("%s ends below the best baseline on %s of %s problems and above it on %s; on the"
            + " others the 95 %% interval of the paired difference holds 0.")
        .formatted(
            learned,
            count(learned, Difference::below),
            points.size(),
            count(learned, Difference::above));
  }

  /// The number of problems on which the difference to the best baseline is of a kind.
  private long count(String learned, Predicate<Difference> what) {
    return points.stream()
        .flatMap(point -> point.line(learned).differenceToBestBaseline().stream())
        .filter(what)
        .count();
  }

  /// The table, a row for each point, with the final losses of all optimizers and the paper's after
  /// ours.
  @Override
  public Table table() {
    Columns<Point> columns = new Columns<>(points);
    columns.text("", 0, Point::series).number(axis, 0, point -> Integer.toString(point.x()));
    for (String optimizer : optimizers()) {
      columns.number(optimizer, 0, point -> Numbers.loss(point.line(optimizer).last().mean()));
      if (hasPapers(optimizer)) {
        columns.paper(1, point -> point.paper(optimizer));
      }
    }
    return columns.table();
  }

  /// Whether the paper's values are shown with an optimizer's: all learned ones have the same
  /// counterpart, so the first stands for them.
  boolean hasPapers(String optimizer) {
    return !learned().contains(optimizer) || learned().getFirst().equals(optimizer);
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure("sweep", SweepCsv.write(this), () -> SweepChart.of(this), SweepPlots.of(this)));
  }

  @Override
  public String howMeasured() {
    return points.getFirst().comparison.howMeasured(origin);
  }
}
