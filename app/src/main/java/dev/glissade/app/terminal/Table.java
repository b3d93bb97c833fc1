package dev.glissade.app.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// A table of text. Where the columns do not fit side by side, the least important ones are left
/// out.
public final class Table {

  private static final String GAP = "  ";

  /// A column.
  ///
  /// @param title above it
  /// @param right whether its cells end at the same place, as numbers do
  /// @param rank 0 for a column that always stays; the highest goes first
  public record Column(String title, boolean right, int rank) {
    static Column text(String title) {
      return new Column(title, false, 0);
    }

    static Column text(String title, int rank) {
      return new Column(title, false, rank);
    }

    static Column number(String title, int rank) {
      return new Column(title, true, rank);
    }
  }

  /// A row.
  ///
  /// @param style of picocli's markup, such as `bold`; empty for none
  private record Row(String style, List<String> cells) {}

  private final List<Column> columns;
  private final List<Row> rows = new ArrayList<>();

  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  public void add(Object... cells) {
    addStyled("", cells);
  }

  public void addStyled(String style, Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      texts.add(cell.toString());
    }
    rows.add(new Row(style, texts));
  }

  /// Prints the table, and which columns did not fit.
  public void print(Console console) {
    List<Integer> shown = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      shown.add(c);
    }
    List<String> left = new ArrayList<>();
    while (width(shown) > console.outWidth()) {
      Optional<Integer> least =
          shown.stream()
              .filter(c -> columns.get(c).rank > 0)
              .max(Comparator.comparingInt(c -> columns.get(c).rank));
      if (least.isEmpty()) {
        break;
      }
      shown.remove(/* element */ least.get());
      left.add(columns.get(least.get()).title);
    }
    console.print("@|bold " + line(columns.stream().map(Column::title).toList(), shown) + "|@");
    for (Row row : rows) {
      String line = line(row.cells, shown);
      console.print(row.style.isEmpty() ? line : "@|%s %s|@".formatted(row.style, line));
    }
    if (!left.isEmpty()) {
      console.print(
          "@|faint (a wider terminal also shows: %s)|@"
              .formatted(String.join(", ", new LinkedHashSet<>(left))));
    }
  }

  private int width(List<Integer> shown) {
    return shown.stream().mapToInt(this::width).sum() + GAP.length() * (shown.size() - 1);
  }

  private int width(int column) {
    int width = columns.get(column).title.length();
    for (Row row : rows) {
      width = Math.max(width, row.cells.get(column).length());
    }
    return width;
  }

  private String line(List<String> cells, List<Integer> shown) {
    StringBuilder line = new StringBuilder();
    for (int c : shown) {
      String padding = " ".repeat(width(c) - cells.get(c).length());
      line.append(line.isEmpty() ? "" : GAP);
      line.append(columns.get(c).right ? padding + cells.get(c) : cells.get(c) + padding);
    }
    return line.toString().stripTrailing();
  }
}
