package dev.glissade.app.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A table of rows and columns, for a terminal and for a page. On a terminal where the columns do
/// not fit side by side, the least important ones are left out.
public final class Table {

  private static final String GAP = "  ";
  private static final String MARK = "* ";

  /// The kind of a column: what its cells hold.
  public enum Kind {
    /// A word or two.
    TEXT,
    /// A number: such cells end at the same place.
    NUMBER,
    /// A number to compare with, such as the paper's, which is shown less strongly.
    ASIDE,
    /// A text for which a terminal has no room, and a page does.
    DETAIL
  }

  /// A column of a table.
  ///
  /// @param title stands above it
  /// @param kind of what is in it
  /// @param rank 0 for a column that always stays; the highest goes first
  public record Column(String title, Kind kind, int rank) {

    /// A column of words that always stays.
    public static Column text(String title) {
      return text(title, 0);
    }

    /// A column of words.
    ///
    /// @param rank 0 for a column that always stays; the highest goes first
    public static Column text(String title, int rank) {
      return new Column(title, Kind.TEXT, rank);
    }

    /// A column of numbers.
    ///
    /// @param rank 0 for a column that always stays; the highest goes first
    public static Column number(String title, int rank) {
      return new Column(title, Kind.NUMBER, rank);
    }

    /// A cell as wide as its column; numbers end at the same place, words begin there.
    private String padded(String cell, int width) {
      String padding = " ".repeat(width - cell.length());
      String shown = Markup.literal(cell);
      return kind == Kind.TEXT || kind == Kind.DETAIL ? shown + padding : padding + shown;
    }
  }

  /// A row of a table.
  ///
  /// @param best whether it stands out
  /// @param cells one for each column
  public record Row(boolean best, List<String> cells) {

    /// A row of the given cells, which are copied.
    public Row {
      cells = List.copyOf(cells);
    }
  }

  private final List<Column> columns;
  private final List<Row> rows = new ArrayList<>();

  /// A table without rows.
  public Table(Column... columns) {
    this(List.of(columns));
  }

  /// A table without rows.
  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /// The columns from left to right.
  public List<Column> columns() {
    return columns;
  }

  /// The rows from top to bottom.
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /// Adds a row that does not stand out.
  ///
  /// @param cells one for each column, of any type: their texts are shown
  /// @throws IllegalArgumentException if there is not one cell for each column
  public void add(Object... cells) {
    add(new Row(false, Arrays.stream(cells).map(Object::toString).toList()));
  }

  /// Adds a row.
  ///
  /// @throws IllegalArgumentException if it has not one cell for each column
  public void add(Row row) {
    if (row.cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row must have %s cells, got %s".formatted(columns.size(), row.cells));
    }
    rows.add(row);
  }

  /// Prints the table, and which columns did not fit. If even the columns that always stay are too
  /// wide, they are printed all the same.
  public void print(Console console) {
    List<Integer> shown = new ArrayList<>();
    IntStream.range(0, columns.size())
        .filter(c -> columns.get(c).kind != Kind.DETAIL)
        .forEach(shown::add);
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
    console.print("@|bold " + line(titles(), shown) + "|@");
    for (Row row : rows) {
      String line = line(marked(row), shown);
      console.print(row.best ? "@|bold,green %s|@".formatted(line) : line);
    }
    if (!left.isEmpty()) {
      console.print(
          "@|faint (a wider terminal also shows: %s)|@"
              .formatted(String.join(", ", new LinkedHashSet<>(left))));
    }
  }

  private List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  /// The cells, the first with a mark if the row stands out, and with room for one if another does.
  private List<String> marked(Row row) {
    if (rows.stream().noneMatch(Row::best)) {
      return row.cells;
    }
    List<String> marked = new ArrayList<>(row.cells);
    marked.set(0, (row.best ? MARK : " ".repeat(MARK.length())) + row.cells.getFirst());
    return marked;
  }

  /// The width of some columns, the gaps between them included.
  private int width(List<Integer> shown) {
    return shown.stream().mapToInt(this::width).sum() + GAP.length() * (shown.size() - 1);
  }

  /// The width of a column: that of its widest cell or of its title.
  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> marked(row).get(column).length()).max().orElse(0);
    return Math.max(widest, columns.get(column).title.length());
  }

  private String line(List<String> cells, List<Integer> shown) {
    StringBuilder line = new StringBuilder();
    for (int c : shown) {
      line.append(line.isEmpty() ? "" : GAP);
      line.append(columns.get(c).padded(cells.get(c), width(c)));
    }
    return line.toString().stripTrailing();
  }
}
