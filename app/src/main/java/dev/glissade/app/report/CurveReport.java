package dev.glissade.app.report;

import dev.glissade.app.experiment.CurveExperiment.PaperScale;
import dev.glissade.app.experiment.CurveExperiment;
import dev.glissade.app.experiment.PaperCurve;
import dev.glissade.app.report.ComparisonReport.Line;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Learning curves beside the paper's.
///
/// @param origin of the result
/// @param scale of the paper's losses
/// @param rows one for each optimizer, the lowest final loss first
/// @param comparison everything that was measured
public record CurveReport(
    Origin origin, PaperScale scale, List<Row> rows, ComparisonReport comparison)
    implements ExperimentReport {

  private static final int LAST_TEN = 10;

  /// One optimizer beside its counterpart.
  ///
  /// @param optimizer ours
  /// @param losses at the experiment's steps
  /// @param lastTen the mean over the last ten steps
  /// @param sum over all steps but step 0
  /// @param paper all that is known of the counterpart's curve
  public record Row(
      String optimizer, List<Loss> losses, Pair lastTen, Pair sum, PaperCurve paper) {}

  /// A mean loss at one step.
  public record Loss(int step, double ours, OptionalDouble paper) {}

  /// A figure of ours, and the paper's if it is known.
  public record Pair(double ours, OptionalDouble paper) {}

  public CurveReport {
    rows = List.copyOf(rows);
  }

  /// Puts a comparison beside the figure.
  public static CurveReport of(
      CurveExperiment experiment, ComparisonReport comparison, Origin origin) {
    List<Row> rows =
        comparison.ranking().stream()
            .map(line -> row(line, experiment.marks(), experiment.counterpart(line.name())))
            .toList();
    return new CurveReport(origin, experiment.scale(), rows, comparison);
  }

  /// The row of one optimizer.
  public Row row(String optimizer) {
    return rows.stream().filter(row -> row.optimizer.equals(optimizer)).findFirst().orElseThrow();
  }

  private static Row row(Line line, List<Integer> marks, PaperCurve paper) {
    List<Loss> losses =
        marks.stream().map(step -> new Loss(step, line.curve()[step], paper.loss(step))).toList();
    double[] curve = line.curve();
    double lastTen =
        Arrays.stream(curve, Math.max(1, curve.length - LAST_TEN), curve.length)
            .average()
            .orElse(Double.NaN);
    return new Row(
        line.name(),
        losses,
        new Pair(lastTen, paper.lastTen()),
        new Pair(line.sum(), paper.sum()),
        paper);
  }
}
