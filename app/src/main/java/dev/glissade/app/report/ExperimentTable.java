package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.CurveReport.Loss;
import dev.glissade.app.report.CurveReport.Row;
import dev.glissade.app.report.SweepReport.Point;
import dev.glissade.app.report.UpdateTrace.Coordinate;
import dev.glissade.app.report.UpdateTrace.Proposals;
import dev.glissade.app.report.UpdatesReport.Run;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/// The figures of an experiment as text: ours, and the paper's beside them.
///
/// @param columns from left to right
/// @param rows their cells
/// @param best the row that stands out; -1 for none
public record ExperimentTable(List<Column> columns, List<List<String>> rows, int best) {

  /// A column.
  ///
  /// @param title above it
  /// @param right whether it holds numbers
  /// @param paper whether it holds the paper's figures
  /// @param rank 0 if it must not be left out; otherwise the highest is the least important
  public record Column(String title, boolean right, boolean paper, int rank) {}

  /// The table of any experiment.
  public static ExperimentTable of(ExperimentReport report) {
    return switch (report) {
      case CurveReport curves -> of(curves);
      case SweepReport sweep -> of(sweep);
      case UpdatesReport updates -> of(updates);
    };
  }

  private static ExperimentTable of(CurveReport report) {
    Builder<Row> table = new Builder<>(report.rows());
    List<Loss> marks = report.rows().getFirst().losses();
    int last = marks.size() - 1;
    Function<Row, Line> line = row -> report.comparison().line(row.optimizer());
    table.text("optimizer", 0, Row::optimizer);
    addMark(table, marks.get(last).step(), last, 0);
    table.text("95 % interval", 2, row -> ComparisonPage.interval(line.apply(row)));
    table.text("to best baseline, %", 3, row -> percent(line.apply(row)));
    table.number("steps to it", 3, row -> ComparisonPage.stepsToBestBaseline(line.apply(row)));
    table.number("sum", 15, row -> Page.number(row.sum().ours()));
    table.paper(15, row -> row.sum().paper());
    for (int mark = 0; mark < last; mark++) {
      addMark(table, marks.get(mark).step(), mark, 4 + last - mark);
    }
    table.number("last ten", 20, row -> Page.number(row.lastTen().ours()));
    table.paper(20, row -> row.lastTen().paper());
    table.number("rate", 30, row -> rate(line.apply(row)));
    return table.build(0);
  }

  private static void addMark(Builder<Row> table, int step, int mark, int rank) {
    table.number("step " + step, rank, row -> Page.number(row.losses().get(mark).ours()));
    table.paper(Math.max(1, rank), row -> row.losses().get(mark).paper());
  }

  private static ExperimentTable of(SweepReport report) {
    Builder<Point> table = new Builder<>(report.points());
    table.text("", 0, Point::series);
    table.number(report.axis(), 0, point -> Integer.toString(point.x()));
    String first = report.learned().getFirst(); // other learned ones stand beside the same values
    for (String optimizer : report.optimizers()) {
      table.number(optimizer, 0, point -> Page.number(point.line(optimizer).last().mean()));
      if (optimizer.equals(first) || !report.learned().contains(optimizer)) {
        table.paper(1, point -> point.paper(optimizer));
      }
    }
    return table.build(-1);
  }

  /// A row for each run, coordinate and optimizer.
  private static ExperimentTable of(UpdatesReport report) {
    record Cell(Run run, Coordinate coordinate, Proposals proposals) {}
    Builder<Cell> table =
        new Builder<>(
            report.runs().stream()
                .flatMap(run ->
                    run.trace().coordinates().stream()
                        .flatMap(coordinate ->
                            coordinate.proposals().stream()
                                .map(proposals -> new Cell(run, coordinate, proposals))))
                .toList());
    table.text("run of", 0, cell -> cell.run.optimizer());
    table.number("coordinate", 1, cell -> Integer.toString(cell.coordinate.index()));
    table.text("block", 3, cell -> cell.coordinate.block());
    table.number("gradient, rms", 2, cell -> Page.number(cell.coordinate.scale()));
    table.text("optimizer", 0, cell -> cell.proposals.optimizer());
    table.number("update, rms", 0, cell -> Page.number(cell.proposals.size()));
    table.number("smoothness", 0, cell -> smoothness(cell.proposals));
    return table.build(-1);
  }

  private static String smoothness(Proposals proposals) {
    return Double.isFinite(proposals.smoothness())
        ? String.format(Locale.ROOT, "%.2f", proposals.smoothness())
        : "–";
  }

  /// The paired difference to the best baseline with its interval, such as `-24 (-27 … -21)`.
  private static String percent(Line line) {
    return line.differenceToBestBaseline()
        .filter(difference -> Double.isFinite(difference.percentCi95()[0]))
        .map(difference ->
            String.format(
                Locale.ROOT,
                "%+.3g (%+.3g … %+.3g)",
                difference.percent(),
                difference.percentCi95()[0],
                difference.percentCi95()[1]))
        .orElse("–");
  }

  private static String rate(Line line) {
    String rate = line.settings().get("learningRate");
    return rate == null ? "learned" : String.format(Locale.ROOT, "%.2g", Double.parseDouble(rate));
  }

  /// One of the paper's figures, as it was read.
  private static String text(OptionalDouble figure) {
    if (figure.isEmpty()) {
      return "–";
    }
    BigDecimal value = BigDecimal.valueOf(figure.getAsDouble());
    boolean padded = figure.getAsDouble() < 10 && value.scale() < 3;
    return (padded ? value.setScale(3) : value).toPlainString();
  }

  /// Collects columns.
  private static final class Builder<R> {
    private final List<R> rows;
    private final List<Column> columns = new ArrayList<>();
    private final List<Function<R, String>> cells = new ArrayList<>();

    Builder(List<R> rows) {
      this.rows = rows;
    }

    void text(String title, int rank, Function<R, String> cell) {
      columns.add(new Column(title, false, false, rank));
      cells.add(cell);
    }

    void number(String title, int rank, Function<R, String> cell) {
      columns.add(new Column(title, true, false, rank));
      cells.add(cell);
    }

    /// A column of the paper's figures, if there are any.
    void paper(int rank, Function<R, OptionalDouble> cell) {
      if (rows.stream().anyMatch(row -> cell.apply(row).isPresent())) {
        columns.add(new Column("paper", true, true, rank));
        cells.add(row -> ExperimentTable.text(cell.apply(row)));
      }
    }

    ExperimentTable build(int best) {
      List<List<String>> texts =
          rows.stream().map(row -> cells.stream().map(cell -> cell.apply(row)).toList()).toList();
      return new ExperimentTable(columns, texts, best);
    }
  }
}
