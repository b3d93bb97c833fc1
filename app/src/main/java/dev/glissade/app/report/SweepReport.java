package dev.glissade.app.report;

import dev.glissade.app.experiment.SweepExperiment;
import dev.glissade.app.report.ComparisonReport.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Final losses over a family of problems, beside the paper's.
///
/// @param origin of the result
/// @param axis what differs from point to point
/// @param points series by series
public record SweepReport(Origin origin, String axis, List<Point> points)
    implements ExperimentReport {

  /// One problem of the family.
  ///
  /// @param series which line of the figure it lies on
  /// @param x where on the axis
  /// @param paper the paper's final losses, by our name of the optimizer
  /// @param comparison everything that was measured
  public record Point(
      String series, int x, Map<String, Double> paper, ComparisonReport comparison) {

    /// One optimizer's result.
    public Line line(String optimizer) {
      return comparison.line(optimizer);
    }

    /// The paper's final loss beside it, if it is known.
    public OptionalDouble paper(String optimizer) {
      Double loss = paper.get(optimizer);
      return loss == null ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }
  }

  public SweepReport {
    points = List.copyOf(points);
  }

  /// Puts comparisons, one for each point of the experiment, beside the figure.
  public static SweepReport of(
      SweepExperiment experiment, List<ComparisonReport> comparisons, Origin origin) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      SweepExperiment.Point point = experiment.points().get(i);
      Map<String, Double> paper = new LinkedHashMap<>();
      for (Line line : comparisons.get(i).optimizers()) {
        Double loss = point.paper().get(experiment.design().paperName(line.name()));
        if (loss != null) {
          paper.put(line.name(), loss);
        }
      }
      points.add(new Point(point.series(), point.x(), paper, comparisons.get(i)));
    }
    return new SweepReport(origin, experiment.axis(), points);
  }

  /// The names of the optimizers, in the order in which they were run.
  public List<String> optimizers() {
    return lines().map(Line::name).toList();
  }

  /// The names of those that are learned.
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
}
