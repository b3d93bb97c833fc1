package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.CurveReport.Loss;
import dev.glissade.app.report.CurveReport.Row;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A table of learning curves at some steps, with the paper's values next to ours.
final class CurveTable {

  private CurveTable() {}

  /// Builds the table. The final losses stay on any terminal; of the others, the last steps stay
  /// longest.
  static Table of(CurveReport report) {
    Columns<Row> columns = new Columns<>(report.rows());
    List<Loss> marks = report.rows().getFirst().losses();
    int last = marks.size() - 1;
    Function<Row, Line> line = row -> report.comparison().line(row.optimizer());
    columns.text("optimizer", 0, Row::optimizer);
    addMark(columns, marks.get(last).step(), last, 0);
    columns
        .text("95 % interval", 2, row -> ComparisonTable.interval(line.apply(row).last()))
        .text("to best baseline, %", 3, row -> percent(line.apply(row)))
        .number("steps to it", 3, row -> ComparisonTable.stepsToBestBaseline(line.apply(row)))
        .number("sum", 15, row -> Numbers.loss(row.sum().ours()))
        .paper(15, row -> row.sum().paper());
    for (int mark = 0; mark < last; mark++) {
      addMark(columns, marks.get(mark).step(), mark, 4 + last - mark);
    }
    if (report.rows().stream().anyMatch(row -> row.lastTen().paper().isPresent())) {
      columns
          .number("last ten", 20, row -> Numbers.loss(row.lastTen().ours()))
          .paper(20, row -> row.lastTen().paper());
    } else {
      columns
          .number("last tenth", 1, row -> Numbers.loss(line.apply(row).late().mean()))
          .text("95 % interval of it", 2, row -> ComparisonTable.interval(line.apply(row).late()));
    }
    return columns
        .number("diverged", 3, row -> ComparisonTable.diverged(line.apply(row)))
        .number("rate", 30, row -> ComparisonTable.rate(line.apply(row)))
        .table(report.rows().getFirst()::equals);
  }

  /// Adds the losses at one step, and the paper's in a column of their own.
  ///
  /// @param mark the index of the step among the reported ones
  private static void addMark(Columns<Row> columns, int step, int mark, int rank) {
    columns
        .number("step " + step, rank, row -> Numbers.loss(row.losses().get(mark).ours()))
        .paper(Math.max(1, rank), row -> row.losses().get(mark).paper());
  }

  /// The paired difference to the best baseline with its interval, such as `-24 (-27 … -21)`.
  private static String percent(Line line) {
    return line.differenceToBestBaseline()
        .filter(difference -> Double.isFinite(difference.percentCi95().low()))
        .map(difference ->
            String.format(
                Locale.ROOT,
                "%+.3g (%+.3g … %+.3g)",
                difference.percent(),
                difference.percentCi95().low(),
                difference.percentCi95().high()))
        .orElse("–");
  }
}
