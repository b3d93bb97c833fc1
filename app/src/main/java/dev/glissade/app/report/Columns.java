package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.app.terminal.Table.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/// A builder of tables from objects: columns are added one by one, each with the text that it shows
/// of a row's object. Reports build their tables with it.
///
/// @param <R> what the rows are about
public final class Columns<R> {

  private final List<R> rows;
  private final List<Column> columns = new ArrayList<>();
  private final List<Function<R, String>> cells = new ArrayList<>();

  /// A builder without columns.
  ///
  /// @param rows one for each row of the table, from top to bottom
  public Columns(List<R> rows) {
    this.rows = List.copyOf(rows);
  }

  /// Adds a column of words.
  ///
  /// @param title stands above it
  /// @param rank 0 if it must not be left out; otherwise the highest is the least important
  /// @param cell the text for a row
  public Columns<R> text(String title, int rank, Function<R, String> cell) {
    return add(new Column(title, Kind.TEXT, rank), cell);
  }

  /// Adds a column of numbers.
  ///
  /// @param title stands above it
  /// @param rank 0 if it must not be left out; otherwise the highest is the least important
  /// @param cell the number for a row, as it is shown
  public Columns<R> number(String title, int rank, Function<R, String> cell) {
    return add(new Column(title, Kind.NUMBER, rank), cell);
  }

  /// Adds a column of the paper's figures, as they were read, if any row has one. It belongs to the
  /// column before it.
  ///
  /// @param rank 0 if it must not be left out; otherwise the highest is the least important
  /// @param cell the figure for a row, if it is known
  public Columns<R> paper(int rank, Function<R, OptionalDouble> cell) {
    return rows.stream().anyMatch(row -> cell.apply(row).isPresent())
        ? add(new Column("paper", Kind.ASIDE, rank), row -> asRead(cell.apply(row)))
        : this;
  }

  /// Adds a column that only a page has room for.
  ///
  /// @param title stands above it
  /// @param cell the text for a row
  public Columns<R> detail(String title, Function<R, String> cell) {
    return add(new Column(title, Kind.DETAIL, 0), cell);
  }

  private Columns<R> add(Column column, Function<R, String> cell) {
    columns.add(column);
    cells.add(cell);
    return this;
  }

  /// Writes a figure with the digits that it was read with, at least three decimals below 10:
  /// `.0386` has more than `.245`, and neither gets digits that nobody read.
  private static String asRead(OptionalDouble figure) {
    if (figure.isEmpty()) {
      return "–";
    }
    BigDecimal value = BigDecimal.valueOf(figure.getAsDouble());
    boolean padded = figure.getAsDouble() < 10 && value.scale() < 3;
    return (padded ? value.setScale(3) : value).toPlainString();
  }

  /// Builds the table in which no row stands out.
  public Table table() {
    return table(_ -> false);
  }

  /// Builds the table.
  ///
  /// @param best whether a row stands out
  public Table table(Predicate<R> best) {
    Table table = new Table(columns);
    for (R row : rows) {
      List<String> texts = cells.stream().map(cell -> cell.apply(row)).toList();
      table.add(new Table.Row(best.test(row), texts));
    }
    return table;
  }
}
