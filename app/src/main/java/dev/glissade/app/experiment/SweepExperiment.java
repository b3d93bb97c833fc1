package dev.glissade.app.experiment;

import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.SweepReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An experiment that compares final losses over a family of problems.
///
/// @param name on the command line
/// @param figure of the paper
/// @param summary what it shows, in a few words
/// @param time that it takes, or `–`
/// @param axis what differs along the horizontal axis
/// @param points the problems, series by series; at least one
/// @param design who is compared, and on how much
/// @param training how an optimizer for it is trained
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

  /// A problem of the family.
  ///
  /// @param series which line of the figure it lies on
  /// @param x where on the axis
  /// @param problem what the optimizers are run on
  /// @param paper the paper's final losses, by the paper's name of the optimizer; incomplete where
  ///   they are not known
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

  /// Compares the optimizers on each of the problems, and sets the paper's values next to ours.
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

  /// The result on one problem. The paper's losses are handed on by our names of the optimizers:
  /// several of ours may be compared with the same of the paper's.
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
