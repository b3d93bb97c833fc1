package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/// The result of an experiment on learning curves, next to the paper's.
///
/// @param origin of the result
/// @param scale of the paper's losses
/// @param rows one for each optimizer, in the order of the ranking
/// @param comparison everything that was measured
public record CurveReport(
    Origin origin, PaperScale scale, List<Row> rows, ComparisonReport comparison)
    implements ExperimentReport {

  private static final int LAST_TEN = 10;

  /// A row of the table: one optimizer and its counterpart.
  ///
  /// @param optimizer ours
  /// @param losses at the experiment's steps
  /// @param lastTen the mean over the last ten steps
  /// @param sum over all steps but step 0
  /// @param paper all that is known of the counterpart's curve
  public record Row(
      String optimizer, List<Loss> losses, Pair lastTen, Pair sum, PaperCurve paper) {}

  /// A mean loss at one step.
  ///
  /// @param step from 0
  /// @param ours as measured
  /// @param paper the counterpart's, if it is known
  public record Loss(int step, double ours, OptionalDouble paper) {}

  /// A figure of ours next to the paper's.
  ///
  /// @param ours as measured
  /// @param paper the counterpart's, if it is known
  public record Pair(double ours, OptionalDouble paper) {}

  public CurveReport {
    rows = List.copyOf(rows);
  }

  /// Adds what the figure shows to a comparison.
  ///
  /// @param marks the steps at which losses are reported
  /// @param counterpart the paper's curve to compare an optimizer's with, by its name
  public static CurveReport of(
      Origin origin,
      PaperScale scale,
      List<Integer> marks,
      Function<String, PaperCurve> counterpart,
      ComparisonReport comparison) {
    List<Row> rows =
        comparison.ranking().stream()
            .map(line -> row(line, marks, counterpart.apply(line.name())))
            .toList();
    return new CurveReport(origin, scale, rows, comparison);
  }

  /// The row of one optimizer, which must be one of the report's.
  public Row row(String optimizer) {
    return rows.stream().filter(row -> row.optimizer.equals(optimizer)).findFirst().orElseThrow();
  }

  private static Row row(Line line, List<Integer> marks, PaperCurve paper) {
    List<Loss> losses =
        marks.stream()
            .map(step -> new Loss(step, line.curve().get(step), paper.loss(step)))
            .toList();
    List<Double> curve = line.curve();
    double lastTen =
        curve.stream()
            .skip(Math.max(1, curve.size() - LAST_TEN))
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(Double.NaN);
    return new Row(
        line.name(),
        losses,
        new Pair(lastTen, paper.lastTen()),
        new Pair(line.sum(), paper.sum()),
        paper);
  }

  /// The verdict of the comparison, and a sentence on the paper's losses if they are of another
  /// scale.
  @Override
  public List<String> verdict() {
    List<String> ours = comparison.verdict();
    return switch (scale) {
      case SAME -> ours;
      case OTHER -> Stream.concat(ours.stream(), Stream.of(ratio())).toList();
    };
  }

  /// A sentence on how the paper's best learned optimizer compares with its best baseline.
  private String ratio() {
    Map<Boolean, Double> lowest = new HashMap<>();
    for (Line line : comparison.optimizers()) {
      row(line.name())
          .paper
          .loss(comparison.steps())
          .ifPresent(loss -> lowest.merge(line.baseline(), loss, Math::min));
    }
    double learned = lowest.getOrDefault(false, Double.NaN);
    double baseline = lowest.getOrDefault(true, Double.NaN);
    return ("The paper's losses are on a scale of their own, so that only their ratios compare:"
            + " there the learned optimizer ends at %s %% of the best baseline.")
        .formatted(Numbers.digits(100 * learned / baseline, 3));
  }

  @Override
  public Table table() {
    return CurveTable.of(this);
  }

  @Override
  public List<Figure> figures() {
    String csv = CurvesCsv.write(comparison);
    return List.of(new Figure("curves", csv, () -> CurvesChart.of(this), ComparisonPlots.of(this)));
  }

  @Override
  public List<Section> sections() {
    return comparison.sections();
  }

  @Override
  public String howMeasured() {
    return comparison.howMeasured(origin);
  }
}
