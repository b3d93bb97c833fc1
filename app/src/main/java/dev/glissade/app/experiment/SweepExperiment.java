package dev.glissade.app.experiment;

import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.SweepReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Final losses over a family of problems.
///
/// @param axis what differs along the horizontal axis
/// @param points the problems, series by series
public record SweepExperiment(
    String name,
    String figure,
    String summary,
    String time,
    String axis,
    List<Point> points,
    Design design,
    TrainingRecipe training)
    implements Experiment {

  /// One of the problems.
  ///
  /// @param series which line of the figure it lies on
  /// @param x where on the axis
  /// @param problem what the optimizers are run on
  /// @param paper the paper's final losses, by the paper's name of the optimizer
  public record Point(String series, int x, String problem, Map<String, Double> paper) {
    public Point {
      paper = Map.copyOf(paper);
    }
  }

  public SweepExperiment {
    points = List.copyOf(points);
  }

  @Override
  public List<String> problems() {
    return points.stream().map(Point::problem).toList();
  }

  @Override
  public SweepExperiment with(Design changed) {
    return new SweepExperiment(name, figure, summary, time, axis, points, changed, training);
  }

  @Override
  public SweepReport measure(ExperimentRun run, List<OptimizerName.Learned> learned)
      throws IOException {
    List<ComparisonReport> comparisons = run.compare(learned);
    List<SweepReport.Point> measured = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      measured.add(measured(points.get(i), comparisons.get(i)));
    }
    return new SweepReport(run.origin(), axis, measured);
  }

  private SweepReport.Point measured(Point point, ComparisonReport comparison) {
    Map<String, Double> papers = new LinkedHashMap<>();
    for (ComparisonReport.Line line : comparison.optimizers()) {
      Double loss = point.paper.get(design.paperName(line.name()));
      if (loss != null) {
        papers.put(line.name(), loss);
      }
    }
    return new SweepReport.Point(point.series, point.x, papers, comparison);
  }
}
